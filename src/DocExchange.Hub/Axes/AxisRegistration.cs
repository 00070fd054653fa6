namespace DocExchange.Hub.Axes;

internal static class AxisRegistration
{
    public static void AddAxes(this IServiceCollection services)
    {
        services.AddSingleton<AxisConnections>();
        services.AddHostedService<AxisSending>();
    }
}
