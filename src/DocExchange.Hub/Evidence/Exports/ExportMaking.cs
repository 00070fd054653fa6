using DocExchange.Core.Evidence.Exports;
using DocExchange.Core.Ports;

namespace DocExchange.Hub.Evidence.Exports;

/// <summary>Makes one export's file: the lines first, then what they are put into, then the envelope for one reader.</summary>
internal sealed class ExportMaking(ExportFolder folder, IExportStore store, IPackageStore packages, SigningKeyFile key, TimeProvider time)
{
    /// <summary>What the finished file is called until its event is written.</summary>
    public const string Whole = "whole";

    public async Task<ExportSeal> MakeAsync(ExportWish wish, ExportRange range, ExportRecord record, Action<long> progress, CancellationToken stopping)
    {
        var lines = folder.UnfinishedOf(record.Id, "lines");
        var packed = folder.UnfinishedOf(record.Id, "packed");
        var whole = folder.UnfinishedOf(record.Id, Whole);
        try
        {
            var seal = await WriteLinesAsync(wish, range, lines, progress, stopping).ConfigureAwait(false);
            await PackAsync(wish, range, lines, packed, stopping).ConfigureAwait(false);
            if (wish.Recipient is { } recipient) await SealAsync(packed, whole, recipient, stopping).ConfigureAwait(false);
            else File.Move(packed, whole, overwrite: true);
            return seal;
        }
        finally
        {
            File.Delete(lines);
            File.Delete(packed);
        }
    }

    private async Task<ExportSeal> WriteLinesAsync(ExportWish wish, ExportRange range, string file, Action<long> progress, CancellationToken stopping)
    {
        var output = Create(file);
        await using (output.ConfigureAwait(false))
        {
            return await new ExportWriter(store, wish.Log, wish.Filter).WriteAsync(output, range, () => key.Current, time.GetUtcNow(), progress, stopping).ConfigureAwait(false);
        }
    }

    private async Task PackAsync(ExportWish wish, ExportRange range, string lines, string packed, CancellationToken stopping)
    {
        if (wish.Kind == ExportKind.JsonLines)
        {
            File.Move(lines, packed, overwrite: true);
            return;
        }
        var output = Create(packed);
        await using (output.ConfigureAwait(false))
        {
            if (wish.Kind == ExportKind.Container)
            {
                await new ExportPacking(packages, key.Current, time.GetUtcNow()).WriteAsync(output, lines, range.End, wish.Packages, stopping).ConfigureAwait(false);
                return;
            }
            using var input = File.OpenRead(lines);
            if (wish.Kind == ExportKind.Workbook) ExportWorkbook.Write(output, input, stopping);
            else await ExportTable.WriteAsync(output, input, stopping).ConfigureAwait(false);
        }
    }

    private static async Task SealAsync(string packed, string whole, SealedFor recipient, CancellationToken stopping)
    {
        using var plain = File.OpenRead(packed);
        var output = Create(whole);
        await using (output.ConfigureAwait(false)) await recipient.SealAsync(plain, output, stopping).ConfigureAwait(false);
    }

    private static FileStream Create(string file) => new(file, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 256 * 1024);
}
