using System.Globalization;

namespace DocExchange.Cli.Exchange;

internal sealed class FetchVerb() : Verb("fetch", "DOCID", "write a package to FILE; it stays in the inbox", "tải một gói về FILE; gói vẫn còn trong hộp chờ", "--output FILE")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var path = arguments["--output"] ?? throw CommandFailed.Usage("Where to? Write -o FILE, or -o - for the terminal.", "Ghi vào đâu? Hãy viết -o FILE, hoặc -o - để in ra.");
        var docId = arguments.Operands[0];
        var exchange = session.Exchange();
        if (path == "-")
        {
            using var output = session.RawOut();
            Session.Granted(await exchange.FetchAsync(docId, output, ct).ConfigureAwait(false));
            return ExitCode.Done;
        }
        var length = await WholeFile.WriteAsync(path, async file => Session.Granted(await exchange.FetchAsync(docId, file, ct).ConfigureAwait(false))).ConfigureAwait(false);
        session.Output.Record(new { docId, file = path, length }, ("Written / Đã ghi", path), ("Bytes", length.ToString(CultureInfo.InvariantCulture)));
        return ExitCode.Done;
    }
}

internal sealed class ConfirmVerb() : Verb("confirm", "DOCID", "confirm a package, or report that it failed", "xác nhận đã nhận, hoặc báo nhận lỗi", "--fail REASON")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var docId = arguments.Operands[0];
        var reason = arguments["--fail"];
        if (reason is not null && reason.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0)
            throw CommandFailed.Usage("The reason can hold ASCII characters only: write it without marks.", "Lý do chỉ được gồm ký tự ASCII: hãy viết không dấu.");
        var exchange = session.Exchange();
        Session.Granted(reason is null
            ? await exchange.ConfirmAsync(docId, ct).ConfigureAwait(false)
            : await exchange.RejectAsync(docId, reason, ct).ConfigureAwait(false));
        session.Output.Record(new { docId, status = reason is null ? "done" : "fail" }, (reason is null ? "Confirmed / Đã xác nhận" : "Failed / Đã báo lỗi", docId));
        return ExitCode.Done;
    }
}
