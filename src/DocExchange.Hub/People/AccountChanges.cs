using DocExchange.Core;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Signing;
using DocExchange.Hub.Api;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.People;

/// <summary>Changes people's accounts, at once or with a second person's approval. A password is made here and shown once.</summary>
internal sealed class AccountChanges(HubOptions options, IPartyStore store, IAccountStore accounts)
{
    /// <summary>Carries out what was approved; nothing when the account has changed since it was asked for.</summary>
    public async Task<IResult> RunAsync(string act, AccountWish wish, string actor)
    {
        var known = await store.FindAccountAsync(wish.Name, CancellationToken.None).ConfigureAwait(false);
        if (AccountWish.StampOf(known) != wish.Stamp) return ApiProblems.Of(new Problem(ProblemCatalogue.AccountChanged));
        return act switch
        {
            FourEyes.SaveAccount => await SaveAsync(wish, actor).ConfigureAwait(false),
            FourEyes.LinkAccount when known is not null => await LinkAsync(known, wish, actor).ConfigureAwait(false),
            FourEyes.RemoveFactor when known is not null => await RemoveFactorAsync(known, actor).ConfigureAwait(false),
            _ => ApiProblems.NotFound(wish.Name),
        };
    }

    private async Task<IResult> SaveAsync(AccountWish wish, string actor)
    {
        var (password, role) = (Ids.Secret(12), wish.Role!.Value);
        var hash = await Task.Run(() => PasswordHash.Make(password, isHandedOver: true)).ConfigureAwait(false);
        await store.SaveAccountAsync(new Account(0, wish.Name, hash, role, wish.AgencyId), actor, CancellationToken.None).ConfigureAwait(false);
        return Results.Json(new { name = wish.Name, role = role.ToString().ToLowerInvariant(), password });
    }

    private async Task<IResult> LinkAsync(Account account, AccountWish wish, string actor)
    {
        if (!await accounts.LinkAsync(account, new IssuedIdentity(options.OpenId.Issuer, wish.Subject!), actor, CancellationToken.None).ConfigureAwait(false))
            return ApiProblems.Of(new Problem(ProblemCatalogue.PersonLinked, "subject"));
        // Nobody ever learns this password: from now on the organisation's sign-in is the only way in.
        if (wish.WithoutPassword)
        {
            var hash = await Task.Run(() => PasswordHash.Make(Ids.Secret())).ConfigureAwait(false);
            await store.SaveAccountAsync(account with { PasswordHash = hash }, actor, CancellationToken.None).ConfigureAwait(false);
        }
        return Results.NoContent();
    }

    private async Task<IResult> RemoveFactorAsync(Account account, string actor)
    {
        await accounts.SaveSecondFactorAsync(account, null, actor, CancellationToken.None).ConfigureAwait(false);
        return Results.NoContent();
    }
}
