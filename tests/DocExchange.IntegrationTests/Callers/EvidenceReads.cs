using DocExchange.Core.Evidence;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Callers;

/// <summary>What stands in a hub's log.</summary>
internal static class EvidenceReads
{
    public static Task<List<EvidenceEntry>> EventsAsync(TestHub hub) => hub.Hub.Store.Writer.RunAsync(session =>
    {
        var events = new List<EvidenceEntry>();
        var statement = session.Prepare("SELECT entry FROM log ORDER BY idx");
        while (statement.Step()) events.Add(EvidenceEntry.TryParse(statement.Span(0))!);
        statement.Reset();
        return events;
    });
}
