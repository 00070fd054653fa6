using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Evidence;

namespace DocExchange.Cli.Tracking;

internal sealed class ReceiptVerb() : Verb("receipt", "ID", "print a receipt, or write it to FILE", "in biên nhận, hoặc ghi vào FILE", "--output FILE")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var receipt = await session.Tracking().ReceiptAsync(arguments.Operands[0], ct).ConfigureAwait(false);
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
        session.Output.Line($"Next / Tiếp theo: dex verify {path}");
        return ExitCode.Done;
    }
}

internal sealed class VerifyVerb() : Verb(
    "verify", "FILE", "check a receipt without any hub; --root says whom to trust", "kiểm chứng biên nhận không cần trục; --root là chứng thư tin cậy", "--root PEM")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var receipt = await File.ReadAllBytesAsync(arguments.Operands[0], ct).ConfigureAwait(false);
        var verdict = ReceiptVerifier.Verify(receipt, Roots(arguments["--root"]));
        session.Output.Table(verdict.Checks, "Nothing could be checked. / Không kiểm tra được gì.",
            ("CHECK", check => check.Name), ("RESULT", check => check.Outcome switch
            {
                CheckOutcome.Passed => "ok",
                CheckOutcome.Failed => "FAILED",
                _ => "not checked",
            }), ("", check => $"{check.English} / {check.Vietnamese}"));
        var valid = verdict.Valid && verdict.Checks.Count > 0;
        session.Output.Line(!valid ? "NOT VALID. / KHÔNG HỢP LỆ."
            : verdict.Trusted ? "Valid and trusted. / Hợp lệ và đáng tin cậy."
            : "Whole, but its signer was not checked against a root you trust. / Toàn vẹn, nhưng chưa đối chiếu chứng thư tin cậy.");
        return valid ? ExitCode.Done : ExitCode.Refused;
    }

    private static X509Certificate2Collection? Roots(string? path)
    {
        if (path is null) return null;
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(path);
        }
        catch (CryptographicException)
        {
            // Falls through to the sentence: a file of another form has no certificate to trust.
            roots.Clear();
        }
        return roots.Count > 0 ? roots : throw CommandFailed.Usage($"{path} holds no PEM certificate.", $"{path} không có chứng thư PEM.");
    }
}
