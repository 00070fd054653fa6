using DocExchange.Storage.Sqlite.Backups;

namespace DocExchange.Hub.Operations;

/// <summary>Makes a new data folder of a backup and says what is to be done before its hub is started.</summary>
internal static class RestoreCommand
{
    public static int Run(string[] args)
    {
        if (OptionPairs.Read(args, "--from", "--data") is not { Count: 2 } options) return HubHelp.Show();
        var (from, data) = (options["--from"], options["--data"]);
        var restored = StoreRestore.Run(from, data, TimeProvider.System);
        var keys = Path.Combine(data, "keys");
        Console.WriteLine($"""
            Restored into {Path.GetFullPath(data)}: {restored.Entries} log entries, {restored.Documents} documents, {restored.Bodies} originals as files; every digest is right.
            Holds everything acknowledged before {restored.From.TakenAt.ToUniversalTime():yyyy-MM-dd'T'HH:mm:ss.fff'Z'}. What came later is lost here: its senders send it again when they
            are told so, and nothing is doubled.
            New epoch {restored.Epoch.Origin}, after {restored.From.Log.Origin}. {restored.InDoubt} copies waiting in mailboxes are in doubt: some may have been fetched since.
            """);
        Console.WriteLine(Directory.Exists(keys)
            ? $"Keys are there. Never start the old folder again; start this one: docexchange serve --data {data}"
            : $"Put the hub's keys into {keys}, never start the old folder again, then: docexchange serve --data {data}");
        foreach (var digest in restored.From.Missing) Console.Error.WriteLine($"Missing since before the backup: the original {digest}.");
        return 0;
    }
}
