using DocExchange.Hub.Operations;
using Quartz;

namespace DocExchange.Hub.Scheduling;

/// <summary>Every recurring duty with its time, one line each.</summary>
internal static class Schedule
{
    public static void AddSchedule(this IServiceCollection services, HubOptions options)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ScheduleJob<CollectBodiesJob>(Every(TimeSpan.FromHours(6)), job => job.WithIdentity(CollectBodiesJob.Key));
            quartz.ScheduleJob<PublishLogJob>(Every(TimeSpan.FromSeconds(options.PublishSeconds)), job => job.WithIdentity(PublishLogJob.Key));
            if (options.TimestampAuthorities.Length > 0) quartz.ScheduleJob<StampHeadJob>(Every(TimeSpan.FromSeconds(options.TimestampSeconds)), job => job.WithIdentity(StampHeadJob.Key));
            if (options.Witnesses.Length > 0) quartz.ScheduleJob<CollectCosignaturesJob>(Every(TimeSpan.FromSeconds(30)), job => job.WithIdentity(CollectCosignaturesJob.Key));
            quartz.ScheduleJob<ReloadKeyJob>(Every(TimeSpan.FromSeconds(10)), job => job.WithIdentity(ReloadKeyJob.Key));
            if (options.Clamd.Length > 0 && options.RescanDays > 0) quartz.ScheduleJob<RescanJob>(Every(TimeSpan.FromMinutes(options.RescanMinutes)), job => job.WithIdentity(RescanJob.Key));
            if (options.Clamd.Length > 0 && options.QuarantineCertificate.Length > 0) quartz.ScheduleJob<ExpireQuarantineJob>(Every(TimeSpan.FromHours(1)), job => job.WithIdentity(ExpireQuarantineJob.Key));
            if (options.Tls.Certificate.Length > 0) quartz.ScheduleJob<ReloadTlsJob>(Every(TimeSpan.FromSeconds(10)), job => job.WithIdentity(ReloadTlsJob.Key));
            if (options.RevocationHosts.Length > 0) quartz.ScheduleJob<AskRevocationJob>(Every(TimeSpan.FromSeconds(options.RevocationSeconds)), job => job.WithIdentity(AskRevocationJob.Key));
            quartz.ScheduleJob<ForecastExpiryJob>(Every(TimeSpan.FromHours(24)), job => job.WithIdentity(ForecastExpiryJob.Key));
            quartz.ScheduleJob<SettleMailboxesJob>(Every(TimeSpan.FromHours(1)), job => job.WithIdentity(SettleMailboxesJob.Key));
            quartz.ScheduleJob<ExpireAwaitedJob>(Every(TimeSpan.FromHours(1)), job => job.WithIdentity(ExpireAwaitedJob.Key));
            quartz.ScheduleJob<ExpireUploadsJob>(Every(TimeSpan.FromHours(1)), job => job.WithIdentity(ExpireUploadsJob.Key));
            foreach (var (axis, settings) in options.Axes)
            {
                quartz.ScheduleJob<ReceiveFromAxisJob>(Every(TimeSpan.FromSeconds(settings.ReceiveSeconds)), job => job.WithIdentity(ReceiveFromAxisJob.KeyOf(axis)));
                if (settings.DirectoryHours > 0) quartz.ScheduleJob<SyncAxisDirectoryJob>(Every(TimeSpan.FromHours(settings.DirectoryHours)), job => job.WithIdentity(SyncAxisDirectoryJob.KeyOf(axis)));
                if (settings.ReconcileHours > 0) quartz.ScheduleJob<ReconcileAxisJob>(Every(TimeSpan.FromHours(settings.ReconcileHours)), job => job.WithIdentity(ReconcileAxisJob.KeyOf(axis)));
            }
        });
        services.AddQuartzHostedService(host => host.WaitForJobsToComplete = true);
    }

    private static Action<ITriggerConfigurator> Every(TimeSpan interval) => trigger => trigger.WithSimpleSchedule(every => every.WithInterval(interval).RepeatForever());
}
