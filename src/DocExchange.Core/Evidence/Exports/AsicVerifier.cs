using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Signing;

namespace DocExchange.Core.Evidence.Exports;

/// <summary>Checks a container: its signature, its manifest, every member's digest, and then the export in it.</summary>
public static class AsicVerifier
{
    /// <summary>The export's lines inside a container.</summary>
    public const string ExportMember = "receipts.jsonl";

    /// <summary>The certificates of who signed the container, as PEM.</summary>
    public const string ChainMember = "signer.pem";

    /// <summary>Originals lie behind this, named by their digest.</summary>
    public const string PackageFolder = "packages/";

    private const int LargestManifest = 512 * 1024 * 1024;

    /// <summary>Whether a file begins as a zip does.</summary>
    public static bool IsContainer(ReadOnlySpan<byte> beginning) => beginning.StartsWith("PK\u0003\u0004"u8);

    public static ExportVerdict Verify(Stream container, X509Certificate2Collection? roots, HeldEvidence held, bool deep = false)
    {
        try
        {
            using var zip = new ZipArchive(container, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.GetEntry(ExportMember) is not { } export) return Broken("it has no member " + ExportMember, "thiếu tệp " + ExportMember);
            ExportVerdict verdict;
            using (var lines = export.Open()) verdict = ExportVerifier.Verify(lines, roots, held, deep);
            var checks = new List<ReceiptCheck> { Members(zip, out var manifest) };
            if (manifest is not null) checks.Add(Signature(zip, manifest, verdict.Header, roots));
            return verdict with { Checks = [.. checks, .. verdict.Checks] };
        }
        catch (InvalidDataException damage)
        {
            return Broken(damage.Message.TrimEnd('.'), "tệp nén hỏng");
        }
    }

    private static ReceiptCheck Members(ZipArchive zip, out byte[]? signed)
    {
        signed = null;
        if (zip.Entries.FirstOrDefault() is not { FullName: AsicManifest.TypeMember } type || !Read(type, 100).AsSpan().SequenceEqual(System.Text.Encoding.ASCII.GetBytes(AsicManifest.ContainerType)))
            return Container("its first member does not say that it is an ASiC-E container");
        if (zip.GetEntry(AsicManifest.Name) is not { } list || AsicManifest.TryParse(signed = Read(list, LargestManifest)) is not { } manifest) return Container("it has no readable manifest");
        var named = manifest.Members.ToDictionary(member => member.Name, StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            if (entry.FullName is AsicManifest.TypeMember or AsicManifest.Name or AsicManifest.SignatureName) continue;
            if (!named.Remove(entry.FullName, out var member)) return Container($"{entry.FullName} is not named in its manifest, or is there twice");
            if (!DigestOf(entry).AsSpan().SequenceEqual(member.Digest)) return Container($"{entry.FullName} was altered");
            if (entry.FullName.StartsWith(PackageFolder, StringComparison.Ordinal) && !entry.FullName.Contains(Convert.ToHexStringLower(member.Digest), StringComparison.Ordinal)) return Container($"{entry.FullName} is not the package of its name");
        }
        return named.Count > 0
            ? Container($"{named.Keys.First()} is missing")
            : new ReceiptCheck("container", CheckOutcome.Passed, $"All {manifest.Members.Count} members are those the manifest names.", $"Đủ {manifest.Members.Count} tệp đúng như bản kê.");
    }

    private static ReceiptCheck Signature(ZipArchive zip, byte[] manifest, ExportLine.Header? header, X509Certificate2Collection? roots)
    {
        var signature = zip.GetEntry(AsicManifest.SignatureName) is { } entry ? Read(entry, ReceiptFormat.MaximumLength) : [];
        var chain = header is null ? [] : SignerOf(zip) ?? header.End.Chain;
        var fault = DetachedCms.SigningTimeOf(signature) is { } time ? HeadCheck.SignatureFault(manifest, signature, chain, time, roots) : "there is no signature";
        return fault is not null
            ? new ReceiptCheck("manifest", CheckOutcome.Failed, $"The container's manifest was not signed as it stands: {fault}.", "Bản kê không đúng như khi được ký.")
            : new ReceiptCheck("manifest", roots is null ? CheckOutcome.NotChecked : CheckOutcome.Passed, "The container's manifest is signed.", "Bản kê đã được ký.");
    }

    /// <summary>The chain beside the export, where another key signed the container than the log's head.</summary>
    private static IReadOnlyList<byte[]>? SignerOf(ZipArchive zip) =>
        zip.GetEntry(ChainMember) is { } entry ? Publishing.PemChain.TryParse(Read(entry, ReceiptFormat.MaximumLength)) : null;

    private static byte[] DigestOf(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        return SHA256.HashData(content);
    }

    private static byte[] Read(ZipArchiveEntry entry, int most)
    {
        if (entry.Length > most) throw new InvalidDataException($"{entry.FullName} is too large");
        using var content = entry.Open();
        var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static ReceiptCheck Container(string fault) => new("container", CheckOutcome.Failed, $"The container was altered: {fault}.", "Tệp đóng gói đã bị sửa.");

    private static ExportVerdict Broken(string english, string vietnamese) => new([ExportClaims.Format(english, vietnamese)], null, 0, 0, 0);
}
