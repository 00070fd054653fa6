using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Ports;

namespace DocExchange.Core.Evidence.Publishing;

/// <summary>Fetches what witnesses have co-signed, keeps what is genuine and is about a head of ours.</summary>
public sealed class CosignatureCollector(ILogStore store, IReadOnlyList<LogSource> witnesses, Func<X509Certificate2Collection> trusted)
{
    /// <summary>Asks every witness once. Returns what is to be said of each that gave nothing usable.</summary>
    public async Task<IReadOnlyList<WitnessProblem>> CollectAsync(CancellationToken cancellationToken)
    {
        var problems = new List<WitnessProblem>();
        foreach (var witness in witnesses)
        {
            try
            {
                foreach (var epoch in store.Epochs)
                {
                    if (await CollectAsync(epoch, witness, cancellationToken).ConfigureAwait(false) is { } problem) problems.Add(problem);
                }
            }
            catch (Exception fault) when (fault is HttpRequestException or IOException or UnauthorizedAccessException or CryptographicException)
            {
                problems.Add(new WitnessProblem(witness.Place, fault.Message, false));
            }
        }
        return problems;
    }

    private async Task<WitnessProblem?> CollectAsync(LogEpoch epoch, LogSource witness, CancellationToken cancellationToken)
    {
        if (await witness.HeadAsync(epoch.Tag, cancellationToken).ConfigureAwait(false) is not { } head) return null;
        var size = head.Checkpoint.Size;
        if (await WasLostAsync(epoch, size, cancellationToken).ConfigureAwait(false)) return null;
        var own = await store.HeadAtAsync(epoch, size, cancellationToken).ConfigureAwait(false);
        if (own is null || !own.Note.AsSpan().SequenceEqual(head.Note))
        {
            return new WitnessProblem(witness.Place, $"it has seen a head of {size} entries that is not this hub's", true);
        }
        var signature = await witness.ReadAsync($"{epoch.Tag}/{LogFolder.WitnessSignatureFile}", cancellationToken).ConfigureAwait(false);
        var pem = await witness.ReadAsync($"{epoch.Tag}/{LogFolder.WitnessChainFile}", cancellationToken).ConfigureAwait(false);
        if (signature is null || pem is null || PemChain.TryParse(pem) is not { } chain) return new WitnessProblem(witness.Place, "its co-signature is not whole", false);
        if (CosignatureCheck.TimeOf(own, signature, chain, trusted(), out var error) is not { } time) return new WitnessProblem(witness.Place, error, false);
        using var certificate = X509CertificateLoader.LoadCertificate(chain[0]);
        await store.AddCosignatureAsync(epoch, new Cosignature(size, certificate.GetNameInfo(X509NameType.SimpleName, false), time, signature, chain), cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>Whether the witness saw entries that a restore has lost since: of the log that has ended, no contradiction.</summary>
    private async Task<bool> WasLostAsync(LogEpoch epoch, long size, CancellationToken cancellationToken) =>
        epoch != store.Epochs[^1] && await store.HeadAsync(epoch, cancellationToken).ConfigureAwait(false) is { } last && size > last.Checkpoint.Size;
}

/// <param name="Contradicts">It has seen a log in this hub's name that is not this one.</param>
public sealed record WitnessProblem(string Witness, string Problem, bool Contradicts);
