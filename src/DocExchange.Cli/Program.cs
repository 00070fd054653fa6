using System.Text;
using DocExchange.Cli;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
var surroundings = new Surroundings(
    Console.Out, Console.Error, Console.OpenStandardOutput, Environment.GetEnvironmentVariable, () => new SocketsHttpHandler(), TimeProvider.System);
return (int)await CommandLine.RunAsync(args, surroundings, stop.Token);
