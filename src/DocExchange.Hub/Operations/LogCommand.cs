using DocExchange.Core.Evidence.Publishing;
using DocExchange.Hub.Evidence;
using DocExchange.Storage;
using DocExchange.Storage.Sqlite;

namespace DocExchange.Hub.Operations;

/// <summary>Works on the evidence log of a folder whose hub is stopped.</summary>
internal static class LogCommand
{
    public static async Task<int> RunAsync(string[] args) => args switch
    {
        ["rebuild", .. var rest] => await RebuildAsync(rest).ConfigureAwait(false),
        ["new-epoch", "--reason", var reason, .. var rest] when reason.Trim().Length > 0 => await BeginEpochAsync(reason.Trim(), rest).ConfigureAwait(false),
        _ => HubHelp.Show(),
    };

    /// <summary>Begins a new log in the folder, and lets the hub write its first leaf.</summary>
    public static async Task<HubApplication> BeginEpochAsync(HubOptions options, string reason)
    {
        var (seen, unreachable) = await StartCheck.SeenAsync(options).ConfigureAwait(false);
        foreach (var witness in unreachable) await Console.Error.WriteLineAsync("Not asked: " + witness).ConfigureAwait(false);
        try
        {
            SqliteStore.BeginEpoch(new StoreOptions(Path.GetFullPath(options.Data), options.Name), TimeProvider.System, [.. seen], reason);
        }
        catch (StoreRefusedException refused)
        {
            throw new StartRefusedException(refused.Message, refused);
        }
        return await HubApplication.OpenAsync(options, TimeProvider.System).ConfigureAwait(false);
    }

    private static async Task<int> RebuildAsync(string[] args)
    {
        var options = ServeCommand.Read(args);
        var hub = await HubApplication.OpenAsync(options, TimeProvider.System).ConfigureAwait(false);
        await using (hub.ConfigureAwait(false))
        {
            try
            {
                await LogPublisher.RebuildAsync(hub.Store.Log, EvidenceSetup.FolderOf(options), CancellationToken.None).ConfigureAwait(false);
            }
            catch (LogDamagedException damaged)
            {
                throw new StartRefusedException(damaged.Message + " The published log was left as it was.", damaged);
            }
            Console.WriteLine($"The published log in {EvidenceSetup.FolderOf(options)} was made again from the store.");
        }
        return 0;
    }

    private static async Task<int> BeginEpochAsync(string reason, string[] args)
    {
        var hub = await BeginEpochAsync(ServeCommand.Read(args), reason).ConfigureAwait(false);
        await using (hub.ConfigureAwait(false)) Console.WriteLine($"The evidence goes on in a new log, {hub.Store.Origin}. Its first entry names the one before and the reason.");
        return 0;
    }
}
