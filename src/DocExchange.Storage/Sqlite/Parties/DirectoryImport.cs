using DocExchange.Core;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Parties.Import;
using DocExchange.Core.Routing;
using DocExchange.Storage.Sqlite.Mailboxes;

namespace DocExchange.Storage.Sqlite.Parties;

/// <summary>
/// Writes a difference in slices, one commit each, and waits for one before it asks for the next: acceptances that queue up meanwhile share
/// its commit or come before it. Each slice is a leaf with the digest of what it wrote; a first and a last leaf name the file and the sum.
/// </summary>
internal sealed class DirectoryImport(GroupWriter writer, AgencyDirectory directory, string actor)
{
    /// <summary>Some two milliseconds of the writer: rows in the order of their codes touch few pages.</summary>
    private const int SliceSize = 64;

    private readonly string _id = Ids.New();
    private readonly List<Agency> _saved = [];
    private readonly List<string> _overtaken = [];
    private readonly List<AgencyChange> _later = [];
    private int _slices;

    /// <summary>What has been written so far, also after a failure.</summary>
    public IReadOnlyCollection<Agency> Saved => _saved;

    public async Task<ImportOutcome> RunAsync(DirectoryDifference difference, ReadOnlyMemory<byte> source)
    {
        var size = difference.Changes.Count;
        await WitnessAsync($"import {_id} of {size} entries begins", source.ToArray()).ConfigureAwait(false);
        foreach (var slice in difference.Changes.Chunk(SliceSize)) await WriteAsync(slice).ConfigureAwait(false);
        // Successors that came in a later slice than the agency they follow.
        foreach (var slice in _later.ToArray().Chunk(SliceSize)) await WriteAsync(slice).ConfigureAwait(false);
        await WitnessAsync($"import {_id} done: {_saved.Count} entries in {_slices} slices, {_overtaken.Count} overtaken", source.ToArray()).ConfigureAwait(false);
        return new ImportOutcome(_id, size - _overtaken.Count, _overtaken, _slices);
    }

    private async Task WriteAsync(AgencyChange[] slice)
    {
        var digest = DirectoryDifference.DigestOf(slice);
        var number = ++_slices;
        var written = await writer.RunAsync(session => Apply(session, slice, digest, number)).ConfigureAwait(false);
        _saved.AddRange(written.Saved);
        _overtaken.AddRange(written.Overtaken);
        _later.AddRange(written.Later);
    }

    private Written Apply(WriteSession session, AgencyChange[] slice, byte[] digest, int number)
    {
        var written = new Written([], [], []);
        var fit = slice.Where(c => IsAsPlanned(session, c)).ToArray();
        if (fit.Length < slice.Length)
        {
            written.Overtaken.AddRange(slice.Except(fit).Select(c => c.After.Code));
            digest = DirectoryDifference.DigestOf(fit);
        }
        MailboxMoves.BecomeDue(session);
        var leaf = session.Witness(Entry(session, $"import {_id} slice {number}: {fit.Length} entries", digest));
        foreach (var change in fit)
        {
            var successor = IdOf(session, change.After.Successor);
            var agency = change.After.ToAgency(directory) with { ParentId = IdOf(session, change.After.Parent), SuccessorId = successor };
            var saved = AgencyRows.Save(session, agency, leaf, withAliases: change.Before is null || change.Fields.Any(f => f.Field == AgencyColumn.Aliases.Name));
            written.Saved.Add(saved);
            if (successor is null && change.After.Successor is not null) written.Later.Add(change with { Before = saved });
        }
        return written;
    }

    /// <summary>Nobody has changed the entry since the difference was made.</summary>
    private static bool IsAsPlanned(WriteSession session, AgencyChange change) => AgencyRows.Find(session, change.After.Code)?.Changed == change.Before?.Changed;

    private static long? IdOf(WriteSession session, string? code) => code is null ? null : AgencyRows.Find(session, code)?.Id;

    private Task<long> WitnessAsync(string detail, byte[] source) => writer.RunAsync(session => session.Witness(Entry(session, detail, source)));

    private EvidenceEntry Entry(WriteSession session, string detail, byte[] digest) =>
        new() { Event = EvidenceEvents.DirectoryChanged, Time = session.Now, Actor = actor, Detail = detail, Digest = digest };

    private sealed record Written(List<Agency> Saved, List<string> Overtaken, List<AgencyChange> Later);
}
