using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Cli.Parties;

internal sealed class TrustListVerb() : Verb("trust list", "", "list the certificates that signatures are judged by", "liệt kê chứng thư trong danh sách tin cậy")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        session.Output.Table(await session.Directory().TrustAsync(ct).ConfigureAwait(false), "Nothing is trusted yet. / Danh sách tin cậy trống.");
        return ExitCode.Done;
    }
}

internal sealed class TrustAddVerb() : Verb(
    "trust add", "FILE", "trust the authorities in a file (PEM, DER, P7B) or in every file of a folder", "tin cậy các tổ chức chứng thực trong tệp (PEM, DER, P7B) hoặc thư mục")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var path = arguments.Operands[0];
        var files = Directory.Exists(path) ? Directory.GetFiles(path).Order(StringComparer.Ordinal).ToArray() : [path];
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file, ct).ConfigureAwait(false);
            var answer = await session.Directory().AddTrustAsync(bytes, Path.GetFileName(file), ct).ConfigureAwait(false);
            session.Output.Record(answer, ("File / Tệp", file),
                ("Read / Đã đọc", answer.GetProperty("read").GetInt32().ToString(CultureInfo.InvariantCulture)),
                ("Added / Đã thêm", answer.GetProperty("added").GetInt32().ToString(CultureInfo.InvariantCulture)));
        }
        return ExitCode.Done;
    }
}

internal sealed class TrustRemoveVerb() : Verb("trust remove", "FINGERPRINT", "trust a certificate no longer", "bỏ chứng thư khỏi danh sách tin cậy")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        if (await session.Directory().RemoveTrustAsync(arguments.Operands[0], ct).ConfigureAwait(false) is { } waiting) return Decision.Waits(session, waiting);
        session.Output.Record(arguments.Operands[0], ("Removed / Đã bỏ", arguments.Operands[0]));
        return ExitCode.Done;
    }
}

internal sealed class TrustJudgeVerb() : Verb(
    "trust judge", "DOCID", "judge the signatures of a document again by the trust list of today", "kiểm tra lại chữ ký số của văn bản theo danh sách tin cậy hiện nay")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var changed = await session.Directory().JudgeAgainAsync(arguments.Operands[0], ct).ConfigureAwait(false);
        session.Output.Record(new { changed }, ("Verdict / Kết luận", changed ? "another one than before / khác trước" : "as before / như cũ"));
        return ExitCode.Done;
    }
}

internal sealed class TrustImpactVerb() : Verb(
    "trust impact", "CERT", "what would no longer count if a certificate (file or fingerprint) were revoked", "những gì mất hiệu lực nếu một chứng thư (tệp hoặc mã) bị thu hồi")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var impact = await session.Directory().TrustImpactAsync(FingerprintOf(arguments.Operands[0]), ct).ConfigureAwait(false);
        var documents = impact.GetProperty("documents").EnumerateArray().Select(d => d.GetString()!).ToList();
        session.Output.Record(impact,
            ("Documents / Văn bản", documents.Count.ToString(CultureInfo.InvariantCulture) + (impact.GetProperty("more").GetBoolean() ? "+" : "")),
            ("Trusted below it / Chứng thư cấp dưới", string.Join(", ", impact.GetProperty("certificates").EnumerateArray().Select(c => c.GetProperty("name").GetString()))),
            ("Hub's own key / Khóa của trục", impact.GetProperty("hubKey").GetBoolean() ? "yes / có" : "no / không"));
        if (!session.Output.IsJson) foreach (var document in documents) session.Output.Line(document);
        return ExitCode.Done;
    }

    private static string FingerprintOf(string operand)
    {
        if (!File.Exists(operand)) return operand;
        var text = File.ReadAllText(operand);
        using var certificate = text.Contains("-----BEGIN", StringComparison.Ordinal)
            ? X509Certificate2.CreateFromPem(text)
            : X509CertificateLoader.LoadCertificateFromFile(operand);
        return Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
    }
}
