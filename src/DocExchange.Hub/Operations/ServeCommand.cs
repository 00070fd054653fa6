using DocExchange.Hub.Demo;

namespace DocExchange.Hub.Operations;

/// <summary>Runs the hub until it is told to stop.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var options = Read(args);
        var hub = await HubApplication.OpenAsync(options, TimeProvider.System).ConfigureAwait(false);
        await using (hub.ConfigureAwait(false))
        {
            await hub.StartAsync().ConfigureAwait(false);
            if (options.Demo) await Welcome.ShowAsync(hub).ConfigureAwait(false);
            else Console.WriteLine($"DocExchange listens on {hub.Address}, data folder {Path.GetFullPath(options.Data)}. Ctrl-C stops it.");
            await hub.WaitForShutdownAsync().ConfigureAwait(false);
        }
        return 0;
    }

    internal static HubOptions Read(string[] args)
    {
        var configuration = new ConfigurationBuilder()
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables()
            .Build();
        var options = new HubOptions();
        try
        {
            configuration.GetSection(HubOptions.Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException fault)
        {
            throw new StartRefusedException($"The section {HubOptions.Section} of the configuration cannot be used: {fault.Message}", fault);
        }
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
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
                    throw new StartRefusedException($"serve does not know \"{args[i]}\" here. It takes --data DIR, --port N and --demo.");
            }
        }
        return options;
    }
}
