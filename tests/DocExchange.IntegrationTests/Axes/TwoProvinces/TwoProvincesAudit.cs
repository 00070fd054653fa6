using System.Text.Json;
using DocExchange.Core.Evidence;
using DocExchange.Storage.Sqlite;

namespace DocExchange.IntegrationTests.Axes.TwoProvinces;

/// <summary>Looks into both folders past the hubs, and into what the axis saw. Each disagreement is one sentence.</summary>
internal static class TwoProvincesAudit
{
    public static IReadOnlyList<string> Compare(string northFolder, string southFolder, string north, string south, int letters, IReadOnlyList<JsonElement> atAxis)
    {
        var (ofNorth, ofSouth) = (Read(northFolder), Read(southFolder));
        return [.. OneWay(ofNorth, ofSouth, north, letters, atAxis), .. OneWay(ofSouth, ofNorth, south, letters, atAxis)];
    }

    /// <summary>Letters of <paramref name="from"/> and the reports about them.</summary>
    private static IEnumerable<string> OneWay(IReadOnlyList<EvidenceEntry> sender, IReadOnlyList<EvidenceEntry> receiver, string from, int letters, IReadOnlyList<JsonElement> atAxis)
    {
        var accepted = Documents(sender, EvidenceEvents.SubmissionAcceptance, from);
        var relayed = Documents(sender, EvidenceEvents.RelayAcceptance, from);
        var taken = Documents(receiver, EvidenceEvents.SubmissionAcceptance, from);
        var held = atAxis.Where(d => d.GetProperty("messageType").GetString() == "edoc" && d.GetProperty("from").GetString() == from)
            .ToLookup(d => d.GetProperty("documentId").GetString()!, d => d.GetProperty("digest").GetString()!);
        if (accepted.Count != letters) yield return $"{from}: {accepted.Count} acceptances of {letters} letters";
        foreach (var letter in accepted)
        {
            if (!relayed.Contains(letter.Key)) yield return $"{letter.Key}: sent, and not in the sender's evidence";
            if (relayed[letter.Key].Count() != 1) yield return $"{letter.Key}: {relayed[letter.Key].Count()} entries of its relay";
            if (taken[letter.Key].Count() != 1) yield return $"{letter.Key}: {taken[letter.Key].Count()} acceptances at the receiver";
            // What the sender's evidence says it sent is what reached the axis.
            if (relayed[letter.Key].Any(e => !held[letter.Key].Contains(Convert.ToHexStringLower(e.Digest!)))) yield return $"{letter.Key}: other bytes at the axis than in evidence";
            if (held[letter.Key].Count() != 1) yield return $"{letter.Key}: {held[letter.Key].Count()} times at the axis";
        }
        foreach (var stranger in taken.Where(t => !accepted.Contains(t.Key))) yield return $"{stranger.Key}: arrived, and nobody sent it";
    }

    private static ILookup<string, EvidenceEntry> Documents(IEnumerable<EvidenceEntry> entries, string what, string from) =>
        entries.Where(e => e.Event == what && e.Kind != "status" && e.DocumentId?.StartsWith(from + ",", StringComparison.Ordinal) == true).ToLookup(e => e.DocumentId!);

    private static List<EvidenceEntry> Read(string folder)
    {
        using var database = Database.Open(Path.Combine(folder, "store", "exchange.db"), readOnly: true);
        return [.. database.ReadAll("SELECT entry FROM log ORDER BY idx", row => EvidenceEntry.TryParse(row.Blob(0))!)];
    }
}
