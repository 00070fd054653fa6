using System.Security.Cryptography;
using DocExchange.Core.Parties;
using DocExchange.Core.Parties.Import;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;

namespace DocExchange.Hub.Agencies;

/// <summary>How a file is taken.</summary>
/// <param name="EndMissing">Entries the file lacks end, instead of staying.</param>
/// <param name="SkipWrong">Rows that are wrong are passed over, instead of refusing the file.</param>
/// <param name="EndMany">Also when that ends more than a tenth of them.</param>
public sealed record ImportWish(bool EndMissing, bool SkipWrong, bool EndMany);

/// <summary>A file that was compared, and nothing changed yet.</summary>
/// <param name="Source">SHA-256 of the file.</param>
public sealed record ComparedFile(DirectoryDifference Difference, byte[] Source);

/// <summary>Reads files of agencies and applies them, one at a time: each may hold the whole country in memory.</summary>
public sealed partial class ImportDesk(CurrentParties parties, IPartyStore store, TimeProvider time, ILogger<ImportDesk> logger) : IDisposable
{
    /// <summary>Larger files are refused: 125 000 entries with everything filled in are some 60 MB.</summary>
    public const long LargestFile = 256 * 1024 * 1024;

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Runs one piece of work on a file while no other is under way; null when one is.</summary>
    public async Task<T?> TryAsync<T>(Func<Task<T>> work) where T : class
    {
        if (!await _one.WaitAsync(0).ConfigureAwait(false)) return null;
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <param name="endAt">When entries end that the file lacks; now, where it is not given.</param>
    public async Task<ComparedFile> CompareAsync(Stream file, AgencyFileFormat format, ImportWish wish, CancellationToken cancellationToken, DateTimeOffset? endAt = null)
    {
        using var sha = SHA256.Create();
        var planner = new ImportPlanner(parties.Book.Directory, wish.EndMissing, endAt ?? time.GetUtcNow());
        var hashed = new CryptoStream(file, sha, CryptoStreamMode.Read, leaveOpen: true);
        await using (hashed.ConfigureAwait(false))
        {
            await foreach (var row in AgencyFile.ReadAsync(hashed, format, cancellationToken).ConfigureAwait(false)) planner.Add(row);
            // What a reader left unread belongs to the file all the same.
            await hashed.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
        }
        return new ComparedFile(planner.Finish(), sha.Hash!);
    }

    /// <summary>Why the difference may not be applied; null when it may.</summary>
    public static Problem? Objection(DirectoryDifference difference, ImportWish wish)
    {
        if (difference.Wrong.Count > 0 && !wish.SkipWrong) return new Problem(ProblemCatalogue.DirectoryRowsWrong, Value: difference.Wrong.Count.ToString());
        if (difference.EndsTooMany && !wish.EndMany) return new Problem(ProblemCatalogue.DirectoryEndsTooMany, Value: difference.Missing.ToString(), Limit: difference.Compared.ToString());
        return null;
    }

    /// <summary>Applies it to the end even when the caller has gone.</summary>
    public async Task<ImportOutcome> ApplyAsync(ComparedFile file, string actor)
    {
        var started = time.GetTimestamp();
        var outcome = await store.ImportAsync(file.Difference, file.Source, actor, CancellationToken.None).ConfigureAwait(false);
        parties.Book.Directory.PrepareSearch();
        LogImported(logger, outcome.Import, outcome.Applied, file.Difference.Unchanged, outcome.Slices, time.GetElapsedTime(started).TotalSeconds);
        return outcome;
    }

    public void Dispose() => _one.Dispose();

    [LoggerMessage(EventId = 2401, Level = LogLevel.Information, Message = "Directory import {Import}: {Applied} entries changed, {Unchanged} unchanged, {Slices} slices, {Seconds:F1} s")]
    private static partial void LogImported(ILogger logger, string import, int applied, int unchanged, int slices, double seconds);
}
