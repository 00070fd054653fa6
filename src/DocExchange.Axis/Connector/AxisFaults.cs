namespace DocExchange.Axis.Connector;

/// <summary>Exceptions that mean "the axis cannot be reached" and nothing else.</summary>
internal static class AxisFaults
{
    public static bool IsOutage(Exception fault, CancellationToken stop) =>
        fault is HttpRequestException or IOException || (fault is OperationCanceledException && !stop.IsCancellationRequested);
}
