using System.Globalization;
using System.Text;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.People;

/// <summary>Second factors of local accounts: enrolled with a code that fits, checked at every sign-in, each code good once.</summary>
public sealed class SecondFactors(IAccountStore store, SecretBox box, HubOptions options, TimeProvider time)
{
    /// <summary>True where the role must have one and the account has none.</summary>
    public bool IsMissing(Account account) => account.SecondFactor is null && options.People.SecondFactorFor.Contains(account.Role);

    /// <summary>True when the account has none, or the code is a fresh one of its app or an unused one for recovery. Uses the code up.</summary>
    public async Task<bool> TakeAsync(Account account, string? code, CancellationToken cancellationToken)
    {
        if (account.SecondFactor is not { } factor) return true;
        if (string.IsNullOrWhiteSpace(code) || box.Open(factor.Secret.Span, ContextOf(account)) is not { } secret) return false;
        var written = code.Replace(" ", "", StringComparison.Ordinal);
        return Totp.StepOf(secret, written, time.GetUtcNow(), factor.LastStep) is { } step
            ? await store.UseStepAsync(account.Id, step, cancellationToken).ConfigureAwait(false)
            : written.Length > 6 && await store.UseRecoveryCodeAsync(account.Id, written, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Enrols the secret once a code shows that the app has it. The recovery codes, shown this once; null when the code does not fit.</summary>
    public async Task<IReadOnlyList<string>?> EnrolAsync(Account account, byte[] secret, string code, string actor, CancellationToken cancellationToken)
    {
        if (Totp.StepOf(secret, code.Trim(), time.GetUtcNow(), 0) is not { } step) return null;
        var (codes, hashes) = RecoveryCodes.Make();
        await store.SaveSecondFactorAsync(account, new SecondFactor(box.Seal(secret, ContextOf(account)), step, hashes), actor, cancellationToken).ConfigureAwait(false);
        return codes;
    }

    private static byte[] ContextOf(Account account) => Encoding.UTF8.GetBytes("totp " + account.Id.ToString(CultureInfo.InvariantCulture));
}
