using DocExchange.Hub.Trust;
using Quartz;

namespace DocExchange.Hub.Scheduling;

/// <summary>Looks ahead for certificates that expire.</summary>
internal sealed class ForecastExpiryJob(ExpiryForecast forecast) : IJob
{
    public static readonly JobKey Key = new("forecast-expiry");

    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        forecast.Look();
        return ValueTask.CompletedTask;
    }
}
