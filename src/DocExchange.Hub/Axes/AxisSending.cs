namespace DocExchange.Hub.Axes;

/// <summary>Runs the dispatcher of every axis as long as the hub runs.</summary>
internal sealed partial class AxisSending(AxisConnections connections, ILogger<AxisSending> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(connections.All.Select(connection => KeepRunningAsync(connection, stoppingToken)));

    private async Task KeepRunningAsync(AxisConnection connection, CancellationToken stop)
    {
        connection.Dispatcher.Faulted += fault => LogCallFault(logger, connection.Name, fault);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await connection.Dispatcher.RunAsync(stop).ConfigureAwait(false);
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                // A fault of ours must not end sending for good.
                LogFault(logger, connection.Name, fault);
                await Task.Delay(TimeSpan.FromSeconds(5), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "Sending over the axis {Axis} failed and is started again")]
    private static partial void LogFault(ILogger logger, string axis, Exception fault);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Error, Message = "A call over the axis {Axis} failed within the hub and is tried again later")]
    private static partial void LogCallFault(ILogger logger, string axis, Exception fault);
}
