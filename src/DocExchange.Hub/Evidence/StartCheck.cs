using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Ports;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Evidence;

/// <summary>Compares the store with what was published and witnessed before anything is signed.</summary>
internal static class StartCheck
{
    /// <returns>Witnesses that could not be asked: the hub starts all the same, because a witness must not be able to stop it.</returns>
    /// <exception cref="StartRefusedException">The store is behind, or has another history.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(HubOptions options, ILogStore store)
    {
        var (seen, unreachable) = await SeenAsync(options).ConfigureAwait(false);
        if (await RewindCheck.FindAsync(store, seen, CancellationToken.None).ConfigureAwait(false) is { } found)
        {
            throw new StartRefusedException(
                $"{found.Sentence}{Environment.NewLine}Put the newest data folder or backup in its place. If it is lost, say so in the evidence and go on with a new log: "
                + $"docexchange log new-epoch --reason \"...\" --data {Path.GetFullPath(options.Data)}");
        }
        return unreachable;
    }

    /// <summary>Everything that has left the folder, as far as it can be found.</summary>
    public static async Task<(IReadOnlyList<SeenLog> Seen, IReadOnlyList<string> Unreachable)> SeenAsync(HubOptions options)
    {
        var seen = RewindCheck.PublishedIn(EvidenceSetup.FolderOf(options)).ToList();
        var unreachable = new List<string>();
        using var http = new HttpClient();
        foreach (var witness in options.Witnesses.Select(place => new LogSource(place, http)))
        {
            try
            {
                seen.AddRange(await RewindCheck.WitnessedAtAsync(witness, CancellationToken.None).ConfigureAwait(false));
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or UnauthorizedAccessException)
            {
                unreachable.Add($"{witness.Place}: {fault.Message}");
            }
        }
        return (seen, unreachable);
    }
}
