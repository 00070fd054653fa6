using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Parties;
using DocExchange.Core.Pipeline;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Routing;

/// <summary>One route per recipient agency. One recipient that cannot be addressed refuses the whole submission: there is no partial sending.</summary>
public sealed class RouteStage : IStage
{
    public string Purpose => "Resolve every recipient to the mailbox it is fetched from; the request may narrow the recipients, never widen them.";

    public ValueTask<Verdict> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        if (context.Envelope is not { Kind: MessageKind.Document } envelope) return ValueTask.FromResult(Verdict.GoOn);
        var routes = new List<Route>(envelope.To.Count);
        var wanted = context.Submission.OnlyTo;
        if (wanted is not null && FirstNotNamed(context, envelope, wanted) is { } stranger)
        {
            return Refuse(new Problem(ProblemCatalogue.ReceiverNotInPackage, "MessageHeader.To.OrganId", stranger));
        }
        for (var i = 0; i < envelope.To.Count; i++)
        {
            var code = envelope.To[i].OrganId?.Trim() ?? "";
            if (wanted is not null && !IsWanted(context, wanted, code)) continue;
            if (wanted is null && IsOfTheCallersAxis(context, code)) continue;
            if (Resolve(context, code, i, routes) is { } problem) return Refuse(problem);
        }
        if (routes.Count == 0) return Refuse(new Problem(ProblemCatalogue.ReceiverUnknown, "MessageHeader.To.OrganId", envelope.To.Count > 0 ? envelope.To[0].OrganId : null));
        context.Routes = routes;
        return ValueTask.FromResult(Verdict.GoOn);
    }

    /// <summary>
    /// What comes over an axis names its recipients all over the country: those reached over that axis, and those this hub does not know, got
    /// their copies from it.
    /// </summary>
    internal static bool IsOfTheCallersAxis(ExchangeContext context, string code)
    {
        if (context.Submission.Caller.Axis is null) return false;
        return context.Parties.Directory.Find(code) is not { } agency || context.Parties.MailboxOf(context.Parties.Directory.SuccessorOf(agency, context.Now) ?? agency)?.Id == context.Submission.Caller.Id;
    }

    /// <summary>For whom of those the package names an axis put this item into its list, when this hub serves none of them; empty otherwise.</summary>
    internal static IReadOnlyList<string> MeantForOthersOnly(ExchangeContext context)
    {
        if (context.Submission is not { Caller.Axis: not null, MeantFor.Count: > 0 } || context.Envelope is not { Kind: MessageKind.Document } envelope) return [];
        List<string> meant = [.. envelope.To.Select(t => t.OrganId?.Trim() ?? "").Where(code => code.Length > 0 && IsWanted(context, context.Submission.MeantFor, code))];
        return meant.TrueForAll(code => IsOfTheCallersAxis(context, code)) ? meant : [];
    }

    private static Problem? Resolve(ExchangeContext context, string code, int ordinal, List<Route> routes)
    {
        const string path = "MessageHeader.To.OrganId";
        if (IsAdapter(code)) return new Problem(ProblemCatalogue.ReceiverIsAdapter, path, code, Ordinal: ordinal);
        var addressed = context.Parties.Directory.Find(code);
        if (addressed is null) return new Problem(ProblemCatalogue.ReceiverUnknown, path, code, Ordinal: ordinal);
        var recipient = context.Parties.Directory.SuccessorOf(addressed, context.Now);
        if (recipient is null) return new Problem(ProblemCatalogue.ReceiverExpired, path, code, Day(addressed.ValidTo), ordinal);
        if (recipient.LockedSince is { } locked) return new Problem(ProblemCatalogue.ReceiverLocked, path, code, Day(locked), ordinal);
        if (recipient.Id != addressed.Id) context.Warnings.Add(new PackageWarning("forwarded-to-successor", path, recipient.Code));

        // Two codes of one organisation are one delivery, both codes noted.
        var same = routes.FindIndex(r => r.Recipient.Id == recipient.Id);
        if (same >= 0)
        {
            context.Warnings.Add(new PackageWarning("one-organisation-two-codes", path, code));
            routes[same] = routes[same] with { AddressedAs = [.. routes[same].AddressedAs, code] };
            return null;
        }
        if (context.Parties.MailboxOf(recipient) is not { } mailbox) return new Problem(ProblemCatalogue.ReceiverWithoutMailbox, path, code, Ordinal: ordinal);
        if (!mailbox.Enabled) context.Warnings.Add(new PackageWarning("recipient-system-suspended", path, code));
        routes.Add(new Route(recipient, mailbox, [code]));
        return null;
    }

    private static string? FirstNotNamed(ExchangeContext context, Envelope envelope, IReadOnlyList<string> wanted)
    {
        foreach (var code in wanted)
        {
            if (!envelope.To.Any(t => IsSame(context, t.OrganId?.Trim() ?? "", code))) return code;
        }
        return null;
    }

    private static bool IsWanted(ExchangeContext context, IReadOnlyList<string> wanted, string code) => wanted.Any(w => IsSame(context, code, w));

    private static bool IsSame(ExchangeContext context, string one, string other) =>
        one.Equals(other.Trim(), StringComparison.OrdinalIgnoreCase)
        || (context.Parties.Directory.Find(one) is { } agency && context.Parties.Directory.Find(other)?.Id == agency.Id);

    /// <summary>Ids of connecting systems (<c>02.29.W00</c>) look like codes and receive nothing.</summary>
    private static bool IsAdapter(string code) => code.EndsWith(".W00", StringComparison.OrdinalIgnoreCase);

    private static string Day(DateTimeOffset? time) => time is { } given ? VietnamTime.Of(given).ToString("dd/MM/yyyy") : "";

    private static ValueTask<Verdict> Refuse(Problem problem) => ValueTask.FromResult<Verdict>(new Verdict.Refused(problem));
}
