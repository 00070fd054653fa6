using System.Globalization;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;

namespace DocExchange.Cli.Exchange;

internal sealed class SendVerb() : Verb(
    "send", "FILE", "send an edXML package, a document or a status", "gửi một gói edXML, văn bản hoặc trạng thái", "--from CODE", "--to CODES", "--type edoc|status")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        using var file = File.OpenRead(arguments.Operands[0]);
        var (type, from) = (arguments["--type"], arguments["--from"]);
        if (type is not (null or VxpNames.MessageEdoc or VxpNames.MessageStatus))
            throw CommandFailed.Usage("--type is edoc or status.", "--type là edoc hoặc status.");
        if (type is null || from is null)
        {
            // A file that cannot be read is sent all the same: the hub's refusal says what is wrong with it, and is receipted.
            var envelope = PackageReader.Read(file, PackageLimits.Default with { MaxPackageBytes = long.MaxValue }).Envelope;
            type ??= envelope?.Kind == MessageKind.Status ? VxpNames.MessageStatus : VxpNames.MessageEdoc;
            from ??= envelope?.From.OrganId is { Length: > 0 } sender ? sender : session.SystemId;
            file.Position = 0;
        }
        var to = arguments.All("--to");
        var sent = Session.Granted(await session.Exchange().SendAsync(file, type, from, to.Count == 0 ? null : to, ct).ConfigureAwait(false));
        session.Output.Record(sent,
            ("DocId", sent.DocId), ("SHA-256", sent.FileHash), ("Bytes", sent.Length.ToString(CultureInfo.InvariantCulture)));
        session.Output.Line($"Next / Tiếp theo: dex track {sent.DocId}");
        return ExitCode.Done;
    }
}
