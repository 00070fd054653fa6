using System.Text;
using DocExchange.Cli;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
using var handler = new SocketsHttpHandler();
var surroundings = new Surroundings(
    Console.Out, Console.Error, Console.OpenStandardOutput, Environment.GetEnvironmentVariable, handler, TimeProvider.System);
return (int)await CommandLine.RunAsync(args, surroundings, stop.Token);
