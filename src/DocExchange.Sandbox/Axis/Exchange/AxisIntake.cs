using DocExchange.Axis.Codes;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Sandbox.Axis.Packages;
using DocExchange.Sandbox.Axis.Parties;

namespace DocExchange.Sandbox.Axis.Exchange;

/// <summary>A package on its way in.</summary>
/// <param name="Hash">The announced file hash; null when nobody announced one.</param>
/// <param name="System">Who sends it; null for the sandbox itself.</param>
/// <param name="From">The announced sender; empty for the one in the package.</param>
/// <param name="To">Narrows the receivers; null for those of the package.</param>
internal sealed record ArrivingPackage(Stream Body, string? Hash, AxisSystem? System, string From, IReadOnlyList<string>? To)
{
    public string? MessageType { get; init; }

    /// <summary>Receivers get these very bytes: they show a form that writing it anew would mend.</summary>
    public bool KeepsForm { get; init; }

    /// <summary>A fault: the axis takes it twice and tells of the second.</summary>
    public bool IsTakenTwice { get; init; }
}

internal sealed record AxisRefusal(int Code, string Text);

/// <summary>What became of a package: an id or a refusal, and what was read of it by then.</summary>
internal sealed record TakenPackage(string? DocId, AxisRefusal? Refusal, string? Digest = null, long Bytes = 0, string? DocumentId = null)
{
    /// <summary>The id, where a refusal is the caller's mistake.</summary>
    /// <exception cref="ArgumentException">It was refused.</exception>
    public string Expect() => DocId ?? throw new ArgumentException($"The axis refuses it with {Refusal!.Code}: {Refusal.Text}");
}

/// <summary>Takes packages in as leniently as the axis is thought to: form, sender and receivers are judged, values are not.</summary>
internal sealed class AxisIntake(AxisBook book, AxisExchange exchange, AxisSettings settings, PackageFolder folder, PackageLimits limits)
{
    /// <summary>Told of every document that was taken, outside of any gate.</summary>
    public event Action<AxisDocument>? Taken;

    /// <exception cref="InvalidOperationException">The axis is full.</exception>
    public async Task<TakenPackage> TakeAsync(ArrivingPackage package, CancellationToken ct)
    {
        StoredFile? file;
        try
        {
            file = await folder.KeepAsync(package.Body, package.Hash, limits.MaxPackageBytes, ct).ConfigureAwait(false);
        }
        catch (InvalidDataException tooLong)
        {
            return new TakenPackage(null, new AxisRefusal(VxpCodes.InvalidFile, tooLong.Message));
        }
        if (file is null) return new TakenPackage(null, new AxisRefusal(VxpCodes.DamagedFile, "hash-file is not the SHA-256 of the file."));
        var taken = new TakenPackage(null, null, file.Digest, file.Length);
        var isKept = false;
        try
        {
            var (envelope, refusal) = await Task.Run(() => Read(file, package), ct).ConfigureAwait(false);
            taken = taken with { DocumentId = envelope is null ? null : AxisDocument.IdIn(envelope) };
            if (refusal is not null) return taken with { Refusal = refusal };
            var (receivers, unknown, wrong) = Receivers(envelope!, package.To);
            if (wrong is not null) return taken with { Refusal = wrong };
            var from = book.Find(envelope!.From.OrganId)?.Code ?? envelope.From.OrganId ?? "";
            var (document, isNew) = exchange.Take(file, envelope, package.System?.SystemId, from, receivers, unknown, package.KeepsForm);
            isKept = isNew;
            if (document is null) return taken with { Refusal = new AxisRefusal(VxpCodes.WrongFormat, "A document of this id was sent before.") };
            if (isNew) await CompleteAsync(document, package, receivers, unknown, ct).ConfigureAwait(false);
            return taken with { DocId = document.DocId };
        }
        finally
        {
            if (!isKept) File.Delete(file.Path);
        }
    }

    private async Task CompleteAsync(AxisDocument document, ArrivingPackage package, IReadOnlyList<AxisReceiver> receivers, IReadOnlyList<string> unknown, CancellationToken ct)
    {
        Taken?.Invoke(document);
        if (package.IsTakenTwice)
        {
            var source = PackageFolder.Open(document.Received);
            await using (source.ConfigureAwait(false))
            {
                var second = await folder.KeepAsync(source, null, long.MaxValue, ct).ConfigureAwait(false);
                var (again, _) = exchange.Take(second!, document.Envelope, document.SystemId, document.From, receivers, unknown);
                if (again is not null) Taken?.Invoke(again);
            }
        }
        foreach (var forgotten in exchange.TakeForgotten()) await PackageFolder.DeleteAsync(forgotten).ConfigureAwait(false);
    }

    private (Envelope?, AxisRefusal?) Read(StoredFile file, ArrivingPackage package)
    {
        using var stream = File.OpenRead(file.Path);
        var reading = folder.Read(stream, limits);
        if (reading.Findings.OrderBy(finding => finding.Kind.Step).FirstOrDefault() is { } finding)
            return (reading.Envelope, new AxisRefusal(int.Parse(AxisErrors.CodeOf(finding)), finding.English));
        if (reading.Envelope is not { } envelope) return (null, new AxisRefusal(VxpCodes.WrongFormat, "This is no edXML package."));
        if (package.MessageType is { } type && type.Equals(VxpNames.MessageStatus, StringComparison.OrdinalIgnoreCase) != (envelope.Kind == MessageKind.Status))
            return (envelope, new AxisRefusal(VxpCodes.WrongFormat, $"messagetype says {type}; the package says otherwise."));
        return (envelope, package.System is null ? null : CheckSender(envelope, package, package.System));
    }

    private AxisRefusal? CheckSender(Envelope envelope, ArrivingPackage package, AxisSystem system)
    {
        foreach (var code in new[] { package.From, envelope.From.OrganId })
        {
            if (book.Find(code) is not { } organ || !system.SystemId.Equals(book.SystemOf(organ), StringComparison.OrdinalIgnoreCase))
                return new AxisRefusal(VxpCodes.SenderNotAllowed, $"Don vi gui {code} khong dung voi ma da dang ky.");
        }
        return null;
    }

    private (IReadOnlyList<AxisReceiver> Receivers, IReadOnlyList<string> Unknown, AxisRefusal? Refusal) Receivers(Envelope envelope, IReadOnlyList<string>? to)
    {
        var readings = settings.Readings;
        var named = envelope.Kind == MessageKind.Status ? envelope.ResponseFor.Take(1).Select(about => about.OrganId ?? "") : envelope.To.Select(organ => organ.OrganId ?? "");
        // A status package has no To: what narrows a document's receivers names a status' receiver.
        var codes = to is null || readings.To == ToMeans.Ignored ? named
            : envelope.Kind == MessageKind.Status ? to
            : named.Where(code => to.Any(one => IsSame(one, code)));
        var receivers = new List<AxisReceiver>();
        var unknown = new List<string>();
        foreach (var code in codes)
        {
            if (book.Find(code) is not { } organ) unknown.Add(code);
            else if (organ.Locked) return ([], [], new AxisRefusal(VxpCodes.ReceiverLocked, $"Don vi nhan {code} dang bi khoa."));
            else if (!receivers.Exists(receiver => receiver.Organ == organ)) receivers.Add(new AxisReceiver(organ, code, book.SystemOf(organ)));
        }
        if (receivers.Count > 0 && (unknown.Count == 0 || readings.UnknownReceivers == UnknownReceivers.FailThatOne)) return (receivers, unknown, null);
        return ([], [], new AxisRefusal(VxpCodes.UnknownReceiver, $"Don vi nhan khong ton tai: {string.Join(", ", unknown)}"));
    }

    private bool IsSame(string one, string other) =>
        one.Equals(other, StringComparison.OrdinalIgnoreCase) || (book.Find(one) is { } organ && organ == book.Find(other));
}
