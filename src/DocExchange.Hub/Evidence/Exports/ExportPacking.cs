using System.Text;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;

namespace DocExchange.Hub.Evidence.Exports;

/// <summary>Puts an export into a container: evidence, table, the head for openssl, and the packages.</summary>
internal sealed class ExportPacking(IPackageStore packages, HubKey key, DateTimeOffset now)
{
    private const string Guide = """
        Kiểm chứng / To check: dex verify FILE.asice --root ROOT.pem
        receipts.jsonl  bằng chứng / the evidence, format dx-export/1 (docs/evidence-format.md §15)
        receipts.csv    bảng để đọc / a table for reading; it proves nothing by itself
        checkpoint*     điểm kiểm tra cuối / the head the export ends with:
                        openssl cms -verify -binary -inform DER -in checkpoint.p7s -content checkpoint -CAfile ROOT.pem -out /dev/null
        packages/       văn bản gốc, tên tệp là SHA-256 / originals, named by their SHA-256
        packages-missing.txt  SHA-256 của văn bản gốc không còn được lưu / of originals that are no longer kept

        """;

    public async Task WriteAsync(Stream output, string export, SignedHead head, bool withPackages, CancellationToken cancellationToken)
    {
        using var container = new AsicWriter(output);
        await AddAsync(container, AsicVerifier.ExportMember, ExportFormat.MediaType, export, cancellationToken).ConfigureAwait(false);
        var table = export + ".csv";
        try
        {
            await WriteTableAsync(table, export, cancellationToken).ConfigureAwait(false);
            await AddAsync(container, "receipts.csv", "text/csv", table, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(table);
        }
        await container.AddAsync(LogFolder.CheckpointFile, "text/plain", head.Note, cancellationToken).ConfigureAwait(false);
        await container.AddAsync(LogFolder.SignatureFile, "application/pkcs7-signature", head.Signature, cancellationToken).ConfigureAwait(false);
        await container.AddAsync(AsicVerifier.ChainMember, "application/x-pem-file", Encoding.ASCII.GetBytes(PemChain.Write(key.Chain)), cancellationToken).ConfigureAwait(false);
        await container.AddAsync("READ-ME.txt", "text/plain", Encoding.UTF8.GetBytes(Guide), cancellationToken).ConfigureAwait(false);
        if (withPackages) await AddPackagesAsync(container, export, cancellationToken).ConfigureAwait(false);
        container.Finish(key, now);
    }

    private static async Task WriteTableAsync(string file, string export, CancellationToken cancellationToken)
    {
        var output = File.Create(file);
        await using (output.ConfigureAwait(false))
        {
            using var lines = File.OpenRead(export);
            await ExportTable.WriteAsync(output, lines, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AddPackagesAsync(AsicWriter container, string export, CancellationToken cancellationToken)
    {
        using var lines = File.OpenRead(export);
        // Sixteen bytes tell packages apart; a million of them are few megabytes.
        var seen = new HashSet<UInt128>();
        var missing = new StringBuilder();
        foreach (var (_, entry) in ExportEvents.In(lines))
        {
            if (entry is not { Event: EvidenceEvents.SubmissionAcceptance, Digest: { } digest } || !seen.Add(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(digest))) continue;
            if (await packages.OpenAsync(digest, cancellationToken).ConfigureAwait(false) is not { } package)
            {
                missing.Append(Convert.ToHexStringLower(digest)).Append('\n');
                continue;
            }
            await using (package.ConfigureAwait(false))
            {
                await container.AddAsync($"{AsicVerifier.PackageFolder}{Convert.ToHexStringLower(digest)}.edxml", "application/xml", package, cancellationToken).ConfigureAwait(false);
            }
        }
        // Beside the folder and not in it: everything in there is named by its own digest.
        if (missing.Length > 0) await container.AddAsync("packages-missing.txt", "text/plain", Encoding.ASCII.GetBytes(missing.ToString()), cancellationToken).ConfigureAwait(false);
    }

    private static async Task AddAsync(AsicWriter container, string name, string type, string file, CancellationToken cancellationToken)
    {
        var content = File.OpenRead(file);
        await using (content.ConfigureAwait(false)) await container.AddAsync(name, type, content, cancellationToken).ConfigureAwait(false);
    }
}
