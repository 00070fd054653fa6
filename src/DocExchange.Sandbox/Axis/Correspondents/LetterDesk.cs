using System.Globalization;
using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Sandbox.Axis.Exchange;
using DocExchange.Sandbox.Axis.Packages;
using DocExchange.Sandbox.Axis.Parties;

namespace DocExchange.Sandbox.Axis.Correspondents;

/// <summary>Writes letters and puts packages of outside organisations in.</summary>
internal sealed class LetterDesk(AxisBook book, AxisIntake intake, PackageFolder folder, AxisSettings settings)
{
    // A system remembers the numbers of earlier sandboxes.
    private readonly long _start = settings.Time.GetUtcNow().ToUnixTimeSeconds() % 1_000_000;
    private int _written;

    public Task<TakenPackage> WriteAsync(SampleLetter letter, CancellationToken ct)
    {
        var number = letter.Number ?? $"{_start}{Interlocked.Increment(ref _written).ToString("00000", CultureInfo.InvariantCulture)}";
        var now = settings.Time.GetUtcNow();
        var date = VietnamTime.Of(now).ToString("yyyy/MM/dd", CultureInfo.InvariantCulture);
        var envelope = new Envelope
        {
            Kind = MessageKind.Document,
            From = Named(letter.From),
            To = [.. letter.To.Select(Named)],
            DocumentId = $"{letter.From},{date},{number}/MAU",
            CodeNumber = number,
            CodeNotation = "MAU",
            Place = "Hà Nội",
            PromulgationDate = date,
            Type = "18",
            TypeName = "Công văn",
            Subject = letter.Subject,
            Content = letter.Subject,
            SignerInfo = new Signer("TM.", "Chánh văn phòng", "Nguyễn Văn Mẫu"),
            OtherInfo = new OtherInfo(letter.Priority.ToString(CultureInfo.InvariantCulture), PromulgationAmount: "1", PageAmount: "1"),
            SteeringType = "0",
            Trace = new TraceHeaderList([new TraceHeader(letter.From, VietnamTime.Write(now))], new Business("0", null, "0", null)),
        };
        var file = new AttachmentPayload("cong-van.pdf", new SampleFile(letter.FileBytes, number), "cid:cong-van", "application/pdf");
        return PutAsync(envelope, [file], ct);
    }

    /// <summary>Puts a package of these parts in; its sender is not asked for.</summary>
    public async Task<TakenPackage> PutAsync(Envelope envelope, IReadOnlyList<AttachmentPayload> attachments, CancellationToken ct)
    {
        var file = folder.Create();
        await using (file.ConfigureAwait(false))
        {
            try
            {
                if (envelope.Kind == MessageKind.Status) PackageWriter.WriteStatus(file, envelope);
                else await Task.Run(() => PackageWriter.WriteDocument(file, envelope, attachments), ct).ConfigureAwait(false);
                file.Position = 0;
                return await PutAsync(file, ct).ConfigureAwait(false);
            }
            finally
            {
                File.Delete(file.Name);
            }
        }
    }

    /// <summary>Puts a package as it is in; its sender is not asked for.</summary>
    public Task<TakenPackage> PutAsync(Stream package, CancellationToken ct) => intake.TakeAsync(new ArrivingPackage(package, null, null, "", null), ct);

    private Organ Named(string code) => new(code, OrganName: book.Find(code)?.Name ?? code);
}
