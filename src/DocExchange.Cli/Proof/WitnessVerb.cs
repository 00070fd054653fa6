using System.Globalization;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Signing;

namespace DocExchange.Cli.Proof;

internal sealed class WitnessVerb() : Verb(
    "witness", "LOG", "watch a hub's published log, co-sign what only grows, and stop with code 4 when it goes back or splits",
    "giám sát nhật ký công bố của trục, đồng ký khi chỉ có thêm, và dừng với mã 4 khi bị quay lui hoặc tách đôi",
    "--state DIR", "--root PEM", "--every SECONDS", "--once", "--serve PORT")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var state = arguments["--state"] ?? throw CommandFailed.Usage("--state DIR is missing: where the witness remembers what it has seen.", "Thiếu --state DIR: nơi nhân chứng ghi nhớ.");
        if (!int.TryParse(arguments["--every"] ?? "30", NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds < 1) throw CommandFailed.Usage("--every takes seconds.", "--every nhận số giây.");
        using var key = OpenKey(state, session.Time);
        using var server = arguments["--serve"] is { } port ? WitnessServer.Start(port, state) : null;
        var witness = new LogWitness(session.Log(arguments.Operands[0]), state, key, TrustedRoots.Read(arguments["--root"]), session.Time);
        while (true)
        {
            var code = await LookAsync(session, witness, ct).ConfigureAwait(false);
            if (arguments.Has("--once") || code == ExitCode.Contradicted) return code;
            await Task.Delay(TimeSpan.FromSeconds(seconds), session.Time, ct).ConfigureAwait(false);
        }
    }

    private static async Task<ExitCode> LookAsync(Session session, LogWitness witness, CancellationToken ct)
    {
        try
        {
            foreach (var seen in await witness.ObserveAsync(ct).ConfigureAwait(false))
            {
                if (seen.IsAlarm) throw new CommandFailed(ExitCode.Contradicted, seen.English, seen.Vietnamese);
                if (seen.Sighting != Sighting.Unchanged) session.Output.Line($"{seen.English} / {seen.Vietnamese}");
            }
            return ExitCode.Done;
        }
        catch (Exception fault) when (fault is HttpRequestException or LogDamagedException)
        {
            // A hub that is away, or a tile that is being exchanged, is no alarm: what it shows next must still hold what was seen.
            session.Output.Line($"Not seen / Không xem được: {fault.Message}");
            return ExitCode.Unreachable;
        }
    }

    private static HubKey OpenKey(string state, TimeProvider time)
    {
        try
        {
            return KeyStore.OpenOrCreate(Path.Combine(Path.GetFullPath(state), "keys"), "Witness", time, allowSample: true);
        }
        catch (KeyStoreException fault)
        {
            throw CommandFailed.Usage(fault.Message, "Không mở được khóa của nhân chứng.");
        }
    }
}
