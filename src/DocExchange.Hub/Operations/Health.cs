using DocExchange.Core.Alarms;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Evidence.Stamping;
using DocExchange.Hub.Axes;
using DocExchange.Storage.Sqlite;

namespace DocExchange.Hub.Operations;

/// <summary>Live: the process answers. Ready: it could accept a document now.</summary>
internal static class Health
{
    /// <summary>A commit slower than this at p99 is reported, milliseconds.</summary>
    private const double SlowSync = 1000;

    public static void MapHealth(this WebApplication web)
    {
        web.MapGet("/health/live", () => Results.Json(new { status = "live" }));
        web.MapGet("/health/ready", async (StoreHealth store, AlarmBoard alarms, HubOptions options, HeadStamper stamper, LogPublisher publisher, AxisConnections axes) =>
        {
            var condition = store.Now();
            // After a failed commit only a commit can tell that there is room again.
            var writes = condition.WriterProblem is null || await store.ProbeAsync().ConfigureAwait(false);
            var reasons = new List<string>();
            // The sentence names what is unwell; the figures of the moment are the detail.
            void Unwell(string what, string detail)
            {
                reasons.Add($"{what}: {detail}");
                alarms.Raise(AlarmKind.StoreUnwell, what, detail);
            }
            if (!writes) Unwell("store", condition.WriterProblem ?? "no commit succeeds");
            if (condition.FreeBytes < options.MinFreeMegabytes * 1024L * 1024) Unwell("disk", $"{condition.FreeBytes / (1024 * 1024)} MB free, {options.MinFreeMegabytes} MB wanted");
            if (condition.SyncP99 > SlowSync) Unwell("fsync", $"p99 {condition.SyncP99:F0} ms");
            return Results.Json(new
            {
                status = reasons.Count == 0 ? "ready" : "unready",
                reasons,
                disk = new { freeMegabytes = condition.FreeBytes / (1024 * 1024) },
                store = new { waiting = condition.Waiting },
                // A silent authority stops nothing: what is accepted meanwhile is covered by its next stamp.
                evidence = new
                {
                    published = publisher.PublishedSize,
                    timeStamps = stamper.States.Select(a => new { authority = a.Name, at = a.Stamped, entries = a.StampedSize, problem = a.Problem, failingSince = a.FailingSince }),
                },
                // An axis that is away makes nobody unready: local documents do not wait for it.
                axes = await axes.ConditionAsync().ConfigureAwait(false),
                fsync = new { p50Milliseconds = Math.Round(condition.SyncP50, 2), p99Milliseconds = Math.Round(condition.SyncP99, 2) },
            }, statusCode: reasons.Count == 0 ? 200 : 503);
        });
    }
}
