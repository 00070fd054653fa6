namespace DocExchange.Cli.Tracking;

internal sealed class ReceiptVerb() : Verb("receipt", "ID", "print a receipt, or write it to FILE", "in biên nhận, hoặc ghi vào FILE", "--output FILE", "--supplement", "--xml")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var hub = session.Tracking();
        var id = arguments.Operands[0];
        var receipt = await (arguments.Has("--supplement") ? hub.SupplementAsync(id, ct) : hub.ReceiptAsync(id, arguments.Has("--xml"), ct)).ConfigureAwait(false);
        if (arguments["--output"] is not { } path || path == "-")
        {
            // The bytes as they are: a receipt is signed over exactly these.
            using var output = session.RawOut();
            await output.WriteAsync(receipt, ct).ConfigureAwait(false);
            return ExitCode.Done;
        }
        await WholeFile.WriteAsync(path, async file =>
        {
            await file.WriteAsync(receipt, ct).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        session.Output.Record(new { receiptId = arguments.Operands[0], file = path, length = receipt.Length }, ("Written / Đã ghi", path));
        session.Output.Line(arguments.Has("--supplement") ? $"Next / Tiếp theo: dex verify RECEIPT {path}" : $"Next / Tiếp theo: dex verify {path}");
        return ExitCode.Done;
    }
}
