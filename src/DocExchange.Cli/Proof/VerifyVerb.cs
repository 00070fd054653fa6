using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Evidence.Supplements;
using DocExchange.Core.Signing;
using DocExchange.Core.Signing.Xml;

namespace DocExchange.Cli.Proof;

internal sealed class VerifyVerb() : Verb(
    "verify", "FILE [SUPPLEMENT]", "check a receipt, with what came later, an export, a mirrored log's folder, or a document with the hub's signature (inside, or FILE.p7s), without any hub; the roots say whom to trust",
    "kiểm chứng biên nhận, kèm tệp bổ sung, bản xuất, thư mục nhật ký sao lại, hoặc văn bản có chữ ký của trục (bên trong, hoặc FILE.p7s), không cần trục; các chứng thư gốc là bên tin cậy", [.. TrustedRoots.Options, "--notice FILE", "--held FILE", "--signature FILE", "--deep"])
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        SystemRoots.LeaveUnread();
        var trusted = TrustedRoots.Of(arguments);
        var file = arguments.Operands[0];
        var checks = Directory.Exists(file)
            ? LogFolderVerifier.Verify(file, trusted.Hubs)
            : SignatureOf(file, arguments) is { } signature ? Copy(file, signature, trusted)
            : PackageSignatureCheck.IsPackage(file) ? Package(file, trusted)
            : ExportCheck.IsExport(file) ? ExportCheck.Run(file, trusted, arguments.All("--held"), arguments.Has("--deep"))
            : await ReceiptAsync(file, arguments.Operand(1), trusted, arguments.All("--notice"), ct).ConfigureAwait(false);
        session.Output.Table(checks, "Nothing could be checked. / Không kiểm tra được gì.",
            ("CHECK", check => check.Name), ("RESULT", check => check.Outcome switch
            {
                CheckOutcome.Passed => "ok",
                CheckOutcome.Failed => "FAILED",
                CheckOutcome.Unproven => "UNPROVEN",
                _ => "not checked",
            }), ("", check => $"{check.English} / {check.Vietnamese}"));
        return Sum(session, checks);
    }

    /// <summary>The signature named, or the one that lies beside the file.</summary>
    private static string? SignatureOf(string file, Arguments arguments) => arguments["--signature"] ?? (File.Exists(file + ".p7s") ? file + ".p7s" : null);

    private static IReadOnlyList<ReceiptCheck> Copy(string file, string signature, TrustedParties trusted)
    {
        using var copy = File.OpenRead(file);
        return CopySignature.Verify(copy, File.ReadAllBytes(signature), trusted.Hubs);
    }

    private static IReadOnlyList<ReceiptCheck> Package(string file, TrustedParties trusted)
    {
        using var package = File.OpenRead(file);
        return PackageSignatureCheck.Verify(package, trusted.Hubs);
    }

    private static async Task<IReadOnlyList<ReceiptCheck>> ReceiptAsync(
        string file, string? supplement, TrustedParties trusted, IReadOnlyList<string> notices, CancellationToken ct)
    {
        var compromised = new List<CompromisedKey>();
        foreach (var notice in notices) compromised.Add(await NoticeAsync(notice, trusted, ct).ConfigureAwait(false));
        var verdict = ReceiptVerifier.Verify(await File.ReadAllBytesAsync(file, ct).ConfigureAwait(false), trusted.Hubs);
        if (verdict.Receipt is not { } receipt) return verdict.Checks;
        var later = supplement is null
            ? SupplementVerifier.WithoutSupplement(receipt, compromised)
            : SupplementVerifier.Verify(receipt, await File.ReadAllBytesAsync(supplement, ct).ConfigureAwait(false), trusted, compromised);
        return [.. verdict.Checks, .. later];
    }

    /// <summary>A notice is itself a receipt, of the entry that says which key and since when.</summary>
    private static async Task<CompromisedKey> NoticeAsync(string file, TrustedParties trusted, CancellationToken ct)
    {
        var verdict = ReceiptVerifier.Verify(await File.ReadAllBytesAsync(file, ct).ConfigureAwait(false), trusted.Hubs);
        return verdict.Valid && CompromisedKey.Of(verdict.Receipt is { } receipt ? EvidenceEntry.TryParse(receipt.Entry) : null) is { } key
            ? key
            : throw CommandFailed.Usage($"{file} is no genuine notice of a compromised key.", $"{file} không phải thông báo lộ khóa hợp lệ.");
    }

    private static ExitCode Sum(Session session, IReadOnlyList<ReceiptCheck> checks)
    {
        var verdict = new ReceiptVerdict(checks, null, null);
        var unproven = checks.Any(check => check.Outcome == CheckOutcome.Unproven) && checks.All(check => check.Outcome != CheckOutcome.Failed);
        session.Output.Line(unproven ? "UNPROVEN. / KHÔNG CHỨNG MINH ĐƯỢC."
            : !verdict.Valid || checks.Count == 0 ? "NOT VALID. / KHÔNG HỢP LỆ."
            : verdict.Trusted ? "Valid and trusted. / Hợp lệ và đáng tin cậy."
            : "Whole, but not everything was checked against a root you trust. / Toàn vẹn, nhưng chưa đối chiếu hết với chứng thư tin cậy.");
        return verdict.Valid && checks.Count > 0 ? ExitCode.Done : ExitCode.Refused;
    }
}
