using DocExchange.Benchmarks;
using DocExchange.Benchmarks.Hub;
using DocExchange.Benchmarks.Limits;
using DocExchange.Benchmarks.Load;

// Without a verb the whole benchmark; the verbs are its other processes and can be used alone (bench VERB --option value ...).
try
{
    return args switch
    {
        ["load", .. var rest] => LoadCommand.Run(new Arguments(rest)),
        ["drain", .. var rest] => await DrainServer.RunAsync(new Arguments(rest)),
        ["seed", .. var rest] => await SeedCommand.RunAsync(new Arguments(rest)),
        ["hub", .. var rest] => await HubCommand.RunAsync(new Arguments(rest)),
        ["check", .. var rest] => await CheckCommand.RunAsync(new Arguments(rest)),
        ["verify", .. var rest] => VerifyCommand.Run(new Arguments(rest)),
        _ => await Benchmark.RunAsync(new Arguments(args)),
    };
}
catch (BenchmarkFailedException failed)
{
    await Console.Error.WriteLineAsync("bench: " + failed.Message);
    return 1;
}
