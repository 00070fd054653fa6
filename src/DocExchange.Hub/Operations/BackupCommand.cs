using System.Globalization;
using System.Runtime.InteropServices;
using DocExchange.Storage.Sqlite.Backups;

namespace DocExchange.Hub.Operations;

/// <summary>Copies a data folder while its hub runs, once or until it is stopped. A process of its own, so that a slow target never holds up the hub.</summary>
internal static class BackupCommand
{
    /// <summary>So long a target may take for one round before following ends: while it waits, the hub's log grows.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(string[] args)
    {
        if (Wish.Read(args) is not { } wish) return HubHelp.Show();
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var backup = StoreBackup.Open(wish.Data, wish.To, TimeProvider.System);
        try
        {
            var taken = await backup.CopyAsync(wish.Follows, stop.Token).ConfigureAwait(false);
            Console.WriteLine($"Backup of {taken.Hub} in {Path.GetFullPath(wish.To)}: everything acknowledged before {Written(taken.TakenAt)}, log {taken.Log.Origin} to entry {taken.Log.Size}, "
                + $"{taken.Bodies} originals as files. Keys are not in it: back up {Path.Combine(wish.Data, "keys")} separately.");
            if (wish.Follows) await FollowAsync(backup, wish.Every, stop.Token).ConfigureAwait(false);
            return Report(taken.Missing);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }

        catch (Exception fault) when (fault is FollowBrokenException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The backup ends and stays as it was at its last round: {fault.Message}").ConfigureAwait(false);
            return 1;
        }
        catch (TimeoutException)
        {
            // The round hangs in the system and would hold everything else up: the system lets go of its locks.
            await Console.Error.WriteLineAsync($"The backup ends and stays as it was at its last round: {wish.To} has not taken anything for {Patience.TotalMinutes} minutes.").ConfigureAwait(false);
            Environment.Exit(1);
            return 1;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task FollowAsync(StoreBackup backup, TimeSpan every, CancellationToken stop)
    {
        Console.WriteLine($"Following every {every.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture)} s. Ctrl-C stops it; the backup stays as it then is.");
        var missing = 0;
        while (true)
        {
            await Task.Delay(every, stop).ConfigureAwait(false);
            // A target that hangs must not keep the hub's log from being reused for ever: better no backup, said aloud, than a full disk.
            // A stop waits for the round under way, which still uses what would be let go of.
            var manifest = await Task.Run(() => backup.Follow(stop), CancellationToken.None).WaitAsync(Patience, CancellationToken.None).ConfigureAwait(false);
            if (manifest.Missing.Count > missing) Report(manifest.Missing);
            missing = manifest.Missing.Count;
        }
    }

    private static int Report(IReadOnlyList<string> missing)
    {
        if (missing.Count == 0) return 0;
        Console.Error.WriteLine($"{missing.Count} originals are missing or damaged in the data folder and so in the backup; the first is {missing[0]}.");
        return 1;
    }

    private static string Written(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private sealed record Wish(string Data, string To, bool Follows, TimeSpan Every)
    {
        public static Wish? Read(string[] args)
        {
            if (OptionPairs.Read(args, "--to", "--follow", "--data", "--every") is not { } options) return null;
            var every = 1.0;
            if (options.TryGetValue("--every", out var text)
                && !(double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out every) && every is >= 0.1 and <= 3600)) return null;
            var (to, follow) = (options.GetValueOrDefault("--to"), options.GetValueOrDefault("--follow"));
            return (to is null) == (follow is null) ? null : new Wish(options.Settings().Data, (to ?? follow)!, follow is not null, TimeSpan.FromSeconds(every));
        }
    }
}
