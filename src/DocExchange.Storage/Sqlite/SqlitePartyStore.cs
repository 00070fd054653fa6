using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Parties.Import;
using DocExchange.Core.Ports;
using DocExchange.Storage.Sqlite.Mailboxes;
using DocExchange.Storage.Sqlite.Parties;

namespace DocExchange.Storage.Sqlite;

/// <summary>Agencies, systems, credentials and accounts in SQLite. Every change is evidence and replaces the current picture.</summary>
public sealed class SqlitePartyStore : IPartyStore, IDisposable
{
    private readonly GroupWriter _writer;
    private readonly ReadPool _reads;
    private readonly CurrentParties _current;
    private readonly MailboxMoves _moves;

    // One change of the directory after the other, from commit to picture: who reads what changed since a log index misses none.
    private readonly SemaphoreSlim _directory = new(1);

    internal SqlitePartyStore(GroupWriter writer, ReadPool reads, CurrentParties current, MailboxMoves moves) =>
        (_writer, _reads, _current, _moves) = (writer, reads, current, moves);

    public Task LoadAsync(CancellationToken cancellationToken)
    {
        _current.Change(_ =>
        {
            var (systems, credentials) = _reads.Read(PartyRows.LoadSystems);
            return new PartyBook(_reads.Read(AgencyRows.Load), systems, credentials);
        });
        return Task.CompletedTask;
    }

    public Task<Agency> SaveAgencyAsync(Agency agency, string actor, CancellationToken cancellationToken) => ChangeDirectoryAsync(async () =>
    {
        var saved = await _writer.RunAsync(session => Save(session, agency, actor)).ConfigureAwait(false);
        await FollowAsync(Show([saved])).ConfigureAwait(false);
        return saved;
    }, cancellationToken);

    public Task<ImportOutcome> ImportAsync(DirectoryDifference difference, ReadOnlyMemory<byte> source, string actor, CancellationToken cancellationToken) => ChangeDirectoryAsync(async () =>
    {
        var import = new DirectoryImport(_writer, _current.Book.Directory, actor);
        PartyBook earlier;
        ImportOutcome outcome;
        try
        {
            outcome = await import.RunAsync(difference, source).ConfigureAwait(false);
        }
        finally
        {
            earlier = Show(import.Saved);
        }
        await FollowAsync(earlier).ConfigureAwait(false);
        return outcome;
    }, cancellationToken);

    public async Task<PartnerSystem> SaveSystemAsync(PartnerSystem system, string actor, CancellationToken cancellationToken)
    {
        var saved = await _writer.RunAsync(session =>
        {
            Witness(session, EvidenceEvents.DirectoryChanged, actor, ChangeOf(system));
            MailboxMoves.BecomeDue(session);
            return PartyRows.Save(session, system);
        }).ConfigureAwait(false);
        await FollowAsync(ReloadSystems()).ConfigureAwait(false);
        return saved;
    }

    public async Task AddCredentialAsync(Credential credential, string actor, CancellationToken cancellationToken)
    {
        await _writer.RunAsync(session =>
        {
            PartyRows.Add(session, credential);
            return Witness(session, EvidenceEvents.CredentialChanged, actor, "added " + credential.Id);
        }).ConfigureAwait(false);
        ReloadSystems();
    }

    public async Task<bool> EndCredentialAsync(long systemId, string credentialId, DateTimeOffset? at, string actor, CancellationToken cancellationToken)
    {
        var ended = await _writer.RunAsync(session =>
        {
            if (!PartyRows.End(session, systemId, credentialId, at)) return false;
            Witness(session, EvidenceEvents.CredentialChanged, actor, "ended " + credentialId);
            return true;
        }).ConfigureAwait(false);
        ReloadSystems();
        return ended;
    }

    public ValueTask<Account?> FindAccountAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => AccountRows.Find(database, name)));

    public Task SaveAccountAsync(Account account, string actor, CancellationToken cancellationToken) =>
        _writer.RunAsync(session =>
        {
            AccountRows.Save(session, account);
            return Witness(session, EvidenceEvents.CredentialChanged, actor, $"account {AccountRows.IdOf(session, account.Name)} {account.Role}{(account.Enabled ? "" : " disabled")}");
        });

    public Task FileDirectoryRequestAsync(DirectoryRequest request, CancellationToken cancellationToken) =>
        _writer.RunAsync(session =>
        {
            PartyRows.File(session, request);
            return Witness(session, EvidenceEvents.DirectoryChanged, null, $"requested {request.Id}");
        });

    public ValueTask<IReadOnlyList<DirectoryRequest>> ListDirectoryRequestsAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(PartyRows.ListRequests));

    public Task<bool> ApproveDirectoryRequestAsync(string id, Agency agency, string actor, CancellationToken cancellationToken) => ChangeDirectoryAsync(async () =>
    {
        var saved = await _writer.RunAsync(session => Decide(session, id, DirectoryRequestState.Approved, actor) ? Save(session, agency, actor) : null).ConfigureAwait(false);
        if (saved is null) return false;
        await FollowAsync(Show([saved])).ConfigureAwait(false);
        return true;
    }, cancellationToken);

    public Task<bool> RejectDirectoryRequestAsync(string id, string actor, CancellationToken cancellationToken) =>
        _writer.RunAsync(session => Decide(session, id, DirectoryRequestState.Rejected, actor));

    private static bool Decide(WriteSession session, string id, DirectoryRequestState decision, string actor)
    {
        if (!PartyRows.Decide(session, id, decision, actor)) return false;
        Witness(session, EvidenceEvents.DirectoryChanged, actor, $"{decision} {id}");
        return true;
    }

    private static Agency Save(WriteSession session, Agency agency, string actor)
    {
        MailboxMoves.BecomeDue(session);
        return AgencyRows.Save(session, agency, Witness(session, EvidenceEvents.DirectoryChanged, actor, agency.Code));
    }

    private async Task<T> ChangeDirectoryAsync<T>(Func<Task<T>> change, CancellationToken cancellationToken)
    {
        await _directory.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await change().ConfigureAwait(false);
        }
        finally
        {
            _directory.Release();
        }
    }

    /// <summary>Read inside the change, so that of two reloads the later one shows what both committed. Returns the picture before.</summary>
    private PartyBook ReloadSystems() => _current.Change(book =>
    {
        var (systems, credentials) = _reads.Read(PartyRows.LoadSystems);
        return new PartyBook(book.Directory, systems, credentials);
    });

    /// <summary>Puts written entries into the picture, and takes their aliases from whoever had them. Returns the picture before.</summary>
    private PartyBook Show(IReadOnlyCollection<Agency> saved) => _current.Change(book =>
    {
        var written = saved.Select(a => a.Id).ToHashSet();
        var losers = saved.SelectMany(a => a.Aliases).Select(book.Directory.Find).OfType<Agency>().Where(a => !written.Contains(a.Id)).DistinctBy(a => a.Id).ToList();
        if (losers.Count == 0) return book.With(book.Directory.With(saved));
        var taken = saved.SelectMany(a => a.Aliases).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return book.With(book.Directory.With([.. saved, .. losers.Select(a => a with { Aliases = [.. a.Aliases.Where(alias => !taken.Contains(alias))] })]));
    });

    /// <summary>Which dialects a system may speak is said in words: an auditor asks since when.</summary>
    private string ChangeOf(PartnerSystem system)
    {
        var known = _current.Book.FindSystem(system.SystemId);
        var change = "system " + system.SystemId;
        if (known?.RequiresCertificate is { } before && before != system.RequiresCertificate) change += system.RequiresCertificate ? ", certificate required" : ", certificate optional";
        if ((known?.WantsSignedCopies ?? false) != system.WantsSignedCopies) change += system.WantsSignedCopies ? ", signed copies" : ", copies as accepted";
        return known is not null && known.Dialects.SequenceEqual(system.Dialects) ? change : $"{change}, dialects {string.Join(' ', system.Dialects)}";
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>Lets waiting items follow the change.</summary>
    private Task FollowAsync(PartyBook earlier) =>
        // The change is made: whoever asked for it may go, the items must not be left behind.
        _moves.SettleAsync(earlier, CancellationToken.None);

    private static long Witness(WriteSession session, string name, string? actor, string detail) =>
        session.Witness(new EvidenceEntry { Event = name, Time = session.Now, Actor = actor, Detail = detail });
}
