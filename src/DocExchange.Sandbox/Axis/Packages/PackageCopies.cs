using DocExchange.Sandbox.Axis.Exchange;

namespace DocExchange.Sandbox.Axis.Packages;

/// <summary>A copy to hand out, open. <paramref name="Open"/> gives it once; a copy made for one fetch goes when it is closed.</summary>
internal sealed record FetchedCopy(long Length, Func<Stream> Open);

/// <summary>What receivers get of a document: as a rule one copy, made at the first fetch.</summary>
internal sealed class PackageCopies(PackageRewriter rewriter, AxisSettings settings)
{
    private readonly Lock _gate = new();

    public async Task<FetchedCopy> OfAsync(AxisItem item)
    {
        var readings = settings.Readings;
        if (item.Document.KeepsForm || (!readings.Rewrites && !readings.FetchesDiffer)) return Kept(item.Document.Received);
        if (!readings.FetchesDiffer) return Kept(await CopyOf(item.Document).ConfigureAwait(false));
        var once = await rewriter.RewriteAsync(item.Document.Received, item.Document.SentAt.AddSeconds(item.Fetches + 1)).ConfigureAwait(false);
        return new FetchedCopy(once.Length, () => new FileStream(once.Path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous }));
    }

    private Task<StoredFile> CopyOf(AxisDocument document)
    {
        lock (_gate) document.Copy ??= new Lazy<Task<StoredFile>>(() => rewriter.RewriteAsync(document.Received, document.SentAt));
        return document.Copy.Value;
    }

    private static FetchedCopy Kept(StoredFile file) => new(file.Length, () => PackageFolder.Open(file));
}
