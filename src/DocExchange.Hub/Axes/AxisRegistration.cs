using DocExchange.Hub.Operations.Telemetry;

namespace DocExchange.Hub.Axes;

internal static class AxisRegistration
{
    public static void AddAxes(this IServiceCollection services)
    {
        services.AddSingleton<AxisConnections>();
        services.AddSingleton<AxisGauges>();
        services.AddHostedService<AxisSending>();
    }
}
