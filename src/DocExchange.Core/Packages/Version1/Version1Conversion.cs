using System.Globalization;
using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Packages.Version1;

/// <summary>
/// The header of a package between the two versions. Both directions are pure functions: dates get the form of the other version, what it has
/// no place for is left out and named in a warning, everything else stays as written.
/// </summary>
public static class Version1Conversion
{
    /// <summary>The warning for what 1.0 has no place for; its path says what.</summary>
    public const string NotInVersion1 = "not-in-edxml-1.0";

    /// <summary>The warning for a DocumentId that the hub made from sender, date and code, because the message has none.</summary>
    public const string DocumentIdMade = "document-id-made";

    /// <summary>The warning for an element of a message that the hub does not know; it is passed on to whoever reads 2.0.</summary>
    public const string UnknownElement = "unknown-element";

    /// <summary>A message's header as a 2.0 package writes it.</summary>
    public static (Envelope Envelope, IReadOnlyList<PackageWarning> Warnings) ToVersion2(Envelope message)
    {
        var warnings = new List<PackageWarning>();
        foreach (var element in message.Unknown) warnings.Add(new PackageWarning(UnknownElement, element.Parent, NameOf(element)));
        var envelope = Dated(message) with
        {
            Trace = message.Trace is { } trace ? trace with { Hops = [.. trace.Hops.Select(h => h with { Timestamp = Time(h.Timestamp) })] } : null,
        };
        if (envelope is { Kind: MessageKind.Document, DocumentId: null, From.OrganId: { } sender, PromulgationDate: { } date } && envelope.Code is { Length: > 0 } code)
        {
            // As practice makes it (edxml 2.4); the same message always gets the same one.
            envelope = envelope with { DocumentId = $"{sender},{date},{code}" };
            warnings.Add(new PackageWarning(DocumentIdMade, "MessageHeader.DocumentId", envelope.DocumentId));
        }
        return (envelope, warnings);
    }

    /// <summary>A package's header as a 1.0 message writes it.</summary>
    public static (Envelope Envelope, IReadOnlyList<PackageWarning> Warnings) ToVersion1(Envelope package)
    {
        var warnings = new List<PackageWarning>();
        Leave("MessageHeader.DocumentType.TypeDetail", package.TypeDetail);
        Leave("MessageHeader.OtherInfo.Direction", package.OtherInfo?.Direction);
        Leave("MessageHeader.OtherInfo.ReplyFors", package.OtherInfo?.ReplyFors);
        Leave("MessageHeader.OtherInfo.ReferenceCodes", package.OtherInfo?.ReferenceCodes);
        Leave("MessageHeader.ResponseForTask", package.TaskCodes.Count > 0 ? string.Join(", ", package.TaskCodes) : null);
        Leave("MessageHeader.ApplicationType", package.ApplicationType);
        foreach (var element in package.Unknown) Leave(element.Parent, NameOf(element));
        // It is over bytes that a 1.0 message does not have; copies of an example and empty ones say nothing that could be missed.
        if (package.Signature is not (PackageSignature.Absent or PackageSignature.Placeholder)) warnings.Add(new PackageWarning(NotInVersion1, "Signature"));
        var envelope = Dated(package) with
        {
            TypeDetail = null,
            OtherInfo = package.OtherInfo is { } other ? other with { Direction = null, ReplyFors = null, ReferenceCodes = null } : null,
            TaskCodes = [],
            ApplicationType = null,
            Unknown = [],
            Trace = package.Trace is { } trace ? trace with { Hops = [.. trace.Hops.Select(h => h with { Timestamp = HopTime(h.Timestamp) })] } : null,
        };
        return (envelope, warnings);

        void Leave(string path, string? value)
        {
            if (!string.IsNullOrEmpty(value)) warnings.Add(new PackageWarning(NotInVersion1, path, value));
        }
    }

    /// <summary>A hop as 1.0 dates it.</summary>
    public static string HopTime(DateTimeOffset utc) => VietnamTime.Of(utc).ToString("dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Everything but the hops, which each version dates in its own way.</summary>
    private static Envelope Dated(Envelope envelope) => envelope with
    {
        PromulgationDate = Date(envelope.PromulgationDate),
        DueDate = Date(envelope.DueDate),
        ResponseFor = [.. envelope.ResponseFor.Select(r => r with { PromulgationDate = Date(r.PromulgationDate) })],
        Status = envelope.Status is { } status ? status with { Timestamp = Time(status.Timestamp) } : null,
    };

    /// <summary>A text that is no date stays as it is: validation says so, with the text.</summary>
    private static string? Date(string? written) =>
        VietnamTime.TryParseDate(written, out var date) ? date.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture) : written;

    private static string? Time(string? written) => VietnamTime.TryParse(written, out var time) ? VietnamTime.Write(time) : written;

    private static string? HopTime(string? written) => VietnamTime.TryParse(written, out var time) ? HopTime(time) : written;

    private static string NameOf(UnknownElement element)
    {
        var start = element.Xml.IndexOfAny([':', ' ', '>', '/']);
        var name = start > 0 && element.Xml[start] == ':' ? element.Xml[(start + 1)..] : element.Xml[1..];
        return name[..Math.Max(0, name.IndexOfAny([' ', '>', '/']))];
    }
}
