using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Storage.Sqlite.Mailboxes;
using DocExchange.Storage.Sqlite.Parties;

namespace DocExchange.Storage.Sqlite;

/// <summary>Agencies, systems, credentials and accounts in SQLite. Every change is evidence and replaces the current picture.</summary>
public sealed class SqlitePartyStore : IPartyStore
{
    private readonly GroupWriter _writer;
    private readonly ReadPool _reads;
    private readonly CurrentParties _current;
    private readonly MailboxMoves _moves;
    private readonly Lock _loading = new();

    internal SqlitePartyStore(GroupWriter writer, ReadPool reads, CurrentParties current, MailboxMoves moves) =>
        (_writer, _reads, _current, _moves) = (writer, reads, current, moves);

    public Task LoadAsync(CancellationToken cancellationToken)
    {
        Load();
        return Task.CompletedTask;
    }

    public async Task<Agency> SaveAgencyAsync(Agency agency, string actor, CancellationToken cancellationToken)
    {
        var saved = await _writer.RunAsync(session =>
        {
            Witness(session, EvidenceEvents.DirectoryChanged, actor, agency.Code);
            MailboxMoves.BecomeDue(session);
            return PartyRows.Save(session, agency);
        }).ConfigureAwait(false);
        await FollowAsync().ConfigureAwait(false);
        return saved;
    }

    public async Task<PartnerSystem> SaveSystemAsync(PartnerSystem system, string actor, CancellationToken cancellationToken)
    {
        var saved = await _writer.RunAsync(session =>
        {
            Witness(session, EvidenceEvents.DirectoryChanged, actor, "system " + system.SystemId);
            MailboxMoves.BecomeDue(session);
            return PartyRows.Save(session, system);
        }).ConfigureAwait(false);
        await FollowAsync().ConfigureAwait(false);
        return saved;
    }

    public async Task AddCredentialAsync(Credential credential, string actor, CancellationToken cancellationToken)
    {
        await _writer.RunAsync(session =>
        {
            PartyRows.Add(session, credential);
            return Witness(session, EvidenceEvents.CredentialChanged, actor, "added " + credential.Id);
        }).ConfigureAwait(false);
        await LoadAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> EndCredentialAsync(long systemId, string credentialId, DateTimeOffset at, string actor, CancellationToken cancellationToken)
    {
        var ended = await _writer.RunAsync(session =>
        {
            if (!PartyRows.End(session, systemId, credentialId, at)) return false;
            Witness(session, EvidenceEvents.CredentialChanged, actor, "ended " + credentialId);
            return true;
        }).ConfigureAwait(false);
        await LoadAsync(cancellationToken).ConfigureAwait(false);
        return ended;
    }

    public ValueTask<Account?> FindAccountAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(database => PartyRows.FindAccount(database, name)));

    public Task SaveAccountAsync(Account account, string actor, CancellationToken cancellationToken) =>
        _writer.RunAsync(session =>
        {
            PartyRows.Save(session, account);
            return Witness(session, EvidenceEvents.CredentialChanged, actor, "account");
        });

    public Task FileDirectoryRequestAsync(DirectoryRequest request, CancellationToken cancellationToken) =>
        _writer.RunAsync(session =>
        {
            PartyRows.File(session, request);
            return Witness(session, EvidenceEvents.DirectoryChanged, null, $"requested {request.Id}");
        });

    public ValueTask<IReadOnlyList<DirectoryRequest>> ListDirectoryRequestsAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(PartyRows.ListRequests));

    public Task<bool> DecideDirectoryRequestAsync(string id, DirectoryRequestState decision, string actor, CancellationToken cancellationToken) =>
        _writer.RunAsync(session =>
        {
            if (!PartyRows.Decide(session, id, decision, actor)) return false;
            Witness(session, EvidenceEvents.DirectoryChanged, actor, $"{decision} {id}");
            return true;
        });

    /// <summary>Makes the change the current picture, and lets waiting items follow it.</summary>
    private async Task FollowAsync()
    {
        var earlier = Load();
        // The change is made: whoever asked for it may go, the items must not be left behind.
        await _moves.SettleAsync(earlier, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>One at a time, so that no earlier picture replaces a later one. Returns the one replaced.</summary>
    private PartyBook Load()
    {
        lock (_loading)
        {
            var earlier = _current.Book;
            _current.Replace(_reads.Read(PartyRows.Load));
            return earlier;
        }
    }

    private static long Witness(WriteSession session, string name, string? actor, string detail) =>
        session.Witness(new EvidenceEntry { Event = name, Time = session.Now, Actor = actor, Detail = detail });
}
