using Quartz;

namespace DocExchange.Hub.Scheduling;

/// <summary>Every recurring duty with its time, one line each.</summary>
internal static class Schedule
{
    public static void AddSchedule(this IServiceCollection services)
    {
        services.AddQuartz(quartz => quartz.ScheduleJob<CollectBodiesJob>(
            trigger => trigger.WithSimpleSchedule(every => every.WithInterval(TimeSpan.FromHours(6)).RepeatForever()), job => job.WithIdentity(CollectBodiesJob.Key)));
        services.AddQuartzHostedService(host => host.WaitForJobsToComplete = true);
    }
}
