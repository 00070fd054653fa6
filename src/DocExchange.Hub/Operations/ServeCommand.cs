using System.Runtime.InteropServices;
using DocExchange.Hub.Demo;

namespace DocExchange.Hub.Operations;

/// <summary>Runs the hub until it is told to stop; SIGHUP reads the settings again.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var options = Read(args);
        var hub = await HubApplication.OpenAsync(options, TimeProvider.System, source: () => Read(args)).ConfigureAwait(false);
        await using (hub.ConfigureAwait(false))
        {
            await hub.StartAsync().ConfigureAwait(false);
            using var hangUp = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
            {
                signal.Cancel = true;
                _ = hub.Services.GetRequiredService<SettingsReload>().RunLoggedAsync();
            });
            if (options.Demo) await Welcome.ShowAsync(hub).ConfigureAwait(false);
            else Console.WriteLine($"DocExchange listens on {hub.Address}, data folder {Path.GetFullPath(options.Data)}. Ctrl-C stops it.");
            using var ending = hub.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() => ServiceNotice.Send("STOPPING=1"));
            ServiceNotice.Send("READY=1");
            await hub.WaitForShutdownAsync().ConfigureAwait(false);
        }
        return 0;
    }

    internal static HubOptions Read(string[] args)
    {
        var options = new HubOptions();
        var settings = Array.IndexOf(args, "--settings");
        Bind(options, settings >= 0 && settings + 1 < args.Length ? args[settings + 1] : null);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--settings" when i + 1 < args.Length:
                    i++;
                    break;
                case "--data" when i + 1 < args.Length:
                    options.Data = args[++i];
                    break;
                case "--port" when i + 1 < args.Length && int.TryParse(args[i + 1], out var port):
                    options.Port = port;
                    i++;
                    break;
                case "--demo":
                    options.Demo = true;
                    break;
                default:
                    throw new StartRefusedException($"serve does not know \"{args[i]}\" here. It takes --data DIR, --port N, --settings FILE and --demo.");
            }
        }
        return options;
    }

    private static void Bind(HubOptions options, string? settings)
    {
        try
        {
            var sources = new ConfigurationBuilder().AddJsonFile("appsettings.json", optional: true);
            if (settings is not null) sources.AddJsonFile(Path.GetFullPath(settings), optional: false);
            sources.AddEnvironmentVariables().Build().GetSection(HubOptions.Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (Exception fault) when (fault is InvalidOperationException or InvalidDataException or IOException)
        {
            // The innermost says which key it is, also inside of an axis' section.
            throw new StartRefusedException($"The section {HubOptions.Section} of the configuration cannot be used: {fault.GetBaseException().Message}", fault);
        }
    }
}
