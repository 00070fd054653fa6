using DocExchange.Core.Routing;

namespace DocExchange.Core.Parties.Import;

/// <summary>An agency as files and interfaces write it: other agencies by code.</summary>
/// <param name="Parent">Code of the agency it is a unit of.</param>
/// <param name="Kind"><c>local</c> (of the province) or <c>external</c>.</param>
/// <param name="Route"><c>local</c>: a mailbox of this hub; <c>axis:NAME</c>: over that axis connection.</param>
/// <param name="Aliases">Earlier and parallel codes.</param>
/// <param name="ValidTo">The first moment at which it no longer exists.</param>
/// <param name="Successor">Code of the agency that takes its post from then on.</param>
/// <param name="LockedSince">Set while packages to it are refused.</param>
/// <param name="RefuseRepeatedNumber">Number, notation and year used again by it is refused instead of warned about.</param>
/// <param name="FocalPoints">Whom to turn to; personal data.</param>
public sealed record AgencyEntry(
    string Code, string Name, string? Parent = null, string Kind = AgencyEntry.Local, string Route = AgencyEntry.Local, IReadOnlyList<string>? Aliases = null,
    DateTimeOffset? ValidFrom = null, DateTimeOffset? ValidTo = null, string? Successor = null, DateTimeOffset? LockedSince = null, string? Mail = null,
    bool RefuseRepeatedNumber = false, IReadOnlyList<FocalPoint>? FocalPoints = null)
{
    public const string Local = "local";
    public const string External = "external";
    public const string AxisPrefix = "axis:";

    public static AgencyEntry Of(Agency agency, AgencyDirectory directory) => new(
        agency.Code, agency.Name, agency.ParentId is { } parent ? directory.Find(parent)?.Code : null,
        agency.Kind == AgencyKind.Local ? Local : External, RouteOf(agency), agency.Aliases,
        agency.ValidFrom, agency.ValidTo, agency.SuccessorId is { } next ? directory.Find(next)?.Code : null, agency.LockedSince, agency.Mail,
        agency.RefuseRepeatedNumber, agency.FocalPoints);

    /// <summary>The name that is left of a text which is no name of an entry; empty when nothing is.</summary>
    public static string NameIn(string text) => EntryText.NameIn(text);

    /// <summary>As files and interfaces write it.</summary>
    public static string RouteOf(Agency agency) => agency.Axis is null ? Local : AxisPrefix + agency.Axis;

    /// <summary>The agency it describes; parent and successor are whatever the codes lead to now, null where they lead nowhere yet.</summary>
    public Agency ToAgency(AgencyDirectory directory)
    {
        var known = directory.Find(Code);
        return new Agency(known?.Id ?? 0, Code, Name, directory.Find(Parent)?.Id, Kind == External ? AgencyKind.External : AgencyKind.Local,
            ValidFrom, ValidTo, directory.Find(Successor)?.Id, LockedSince, Mail, RefuseRepeatedNumber)
        {
            Aliases = Aliases ?? [],
            Axis = Route == Local ? null : Route[AxisPrefix.Length..],
            FocalPoints = FocalPoints ?? [],
        };
    }
}
