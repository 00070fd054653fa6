using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Supplements;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;

namespace DocExchange.Hub.Operations;

/// <summary>Makes sample certificates, exchanges the signing key, and records that one was in wrong hands.</summary>
internal static class KeysCommand
{
    public static async Task<int> RunAsync(string[] args) => args switch
    {
        ["sample", var directory] => Sample(directory),
        ["rotate", "--p12", var file, "--passphrase-file", var passphrase, .. var rest] => Rotate(rest, file, passphrase),
        ["rotate", .. var rest] when !rest.Contains("--p12") => Rotate(rest, null, null),
        ["compromised", var keyId, "--since", var since, .. var rest] => await CompromisedAsync(keyId, since, rest).ConfigureAwait(false),
        _ => HubHelp.Show(),
    };

    private static int Sample(string directory)
    {
        SampleCertificates.WriteFolder(directory, TimeProvider.System.GetUtcNow());
        Console.WriteLine($"Sample certificates written to {Path.GetFullPath(directory)}. They say SAMPLE; a hub in Production refuses them.");
        return 0;
    }

    /// <summary>A running hub takes the new key up by itself within seconds; a stopped one at its next start.</summary>
    private static int Rotate(string[] args, string? file, string? passphraseFile)
    {
        var options = ServeCommand.Read(args);
        try
        {
            var replaced = KeyStore.Replace(
                Path.Combine(Path.GetFullPath(options.Data), "keys"), options.Name, TimeProvider.System, options.Mode == HubMode.Sandbox,
                file, passphraseFile is null ? null : File.ReadAllText(passphraseFile).TrimEnd('\r', '\n'));
            Console.WriteLine($"Evidence will be signed with the key {replaced.Now}; the one before was {replaced.Before}. A running hub takes it up within 10 seconds. Earlier receipts stay as they are.");
            return 0;
        }
        catch (Exception fault) when (fault is KeyStoreException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(fault.Message, fault);
        }
    }

    private static async Task<int> CompromisedAsync(string keyId, string since, string[] args)
    {
        if (keyId.Length != 16 || !keyId.All(char.IsAsciiHexDigitLower)) throw new StartRefusedException($"\"{keyId}\" is no key id: 16 lower-case hex digits, as dex verify and the log show them.");
        if (!EvidenceTime.TryParse(since, out var time)) throw new StartRefusedException($"\"{since}\" is no time: write it in UTC as 2026-11-21T11:00:00.000Z.");
        var options = ServeCommand.Read(args);
        using (var key = KeyStore.OpenOrCreate(Path.Combine(Path.GetFullPath(options.Data), "keys"), options.Name, TimeProvider.System, allowSample: false))
        {
            if (key.KeyId == keyId) throw new StartRefusedException($"The hub still signs with {keyId}. Exchange it first: docexchange keys rotate.");
        }
        var compromised = new CompromisedKey(keyId, time);
        var hub = await LogCommand.BeginEpochAsync(options, "key compromised " + compromised.ToDetail()).ConfigureAwait(false);
        await using (hub.ConfigureAwait(false))
        {
            var receipt = await hub.Store.Log.RecordAsync(new EvidenceEntry { Event = EvidenceEvents.KeyCompromised, Time = time, Detail = compromised.ToDetail(), Actor = "hub command" }, CancellationToken.None).ConfigureAwait(false);
            var parts = await hub.Store.Exchange.FindReceiptAsync(Core.Parties.Scope.Everything(), receipt, CancellationToken.None).ConfigureAwait(false);
            var notice = Path.Combine(Path.GetFullPath(options.Data), $"key-compromised-{keyId}.json");
            await File.WriteAllBytesAsync(notice, ReceiptFormat.Render(parts!)).ConfigureAwait(false);
            Console.WriteLine($"The evidence goes on in a new log, {hub.Store.Origin}. Give {notice} to everybody who verifies receipts of this hub (dex verify ... --notice FILE).");
        }
        return 0;
    }
}
