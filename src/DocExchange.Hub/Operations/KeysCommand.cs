using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Supplements;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;

namespace DocExchange.Hub.Operations;

/// <summary>Makes sample certificates, lists and exchanges the hub's keys, and records that one was in wrong hands.</summary>
internal static class KeysCommand
{
    public static async Task<int> RunAsync(string[] args) => args switch
    {
        ["sample", var directory] => Sample(directory),
        ["list", .. var rest] => List(rest),
        ["rotate", .. var rest] => Rotate(rest),
        ["compromised", var keyId, "--since", var since, .. var rest] => await CompromisedAsync(keyId, since, rest).ConfigureAwait(false),
        _ => HubHelp.Show(),
    };

    private static int Sample(string directory)
    {
        SampleCertificates.WriteFolder(directory, TimeProvider.System.GetUtcNow());
        Console.WriteLine($"Sample certificates written to {Path.GetFullPath(directory)}. They say SAMPLE; a hub in Production refuses them.");
        return 0;
    }

    private static int List(string[] args)
    {
        var options = ServeCommand.Read(args);
        foreach (var slot in KeySlot.All)
        {
            try
            {
                using var key = KeyStore.Find(FolderOf(options), slot);
                Console.WriteLine(key is null ? $"{slot.Word}: none"
                    : $"{slot.Word}: {key.KeyId}, {(File.Exists(Path.Combine(FolderOf(options), slot.TokenFile)) ? "token" : "file")}, {key.Certificate.Subject}, until {key.Certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}{(key.IsSample ? ", SAMPLE" : "")}");
            }
            catch (KeyStoreException fault)
            {
                Console.WriteLine($"{slot.Word}: {fault.Message}");
            }
        }
        return 0;
    }

    /// <summary>A running hub takes the new key up by itself within seconds; a stopped one at its next start.</summary>
    private static int Rotate(string[] args)
    {
        var wish = KeyWish.Parse(args);
        var options = ServeCommand.Read(wish.Rest);
        try
        {
            var replaced = KeyStore.Replace(FolderOf(options), wish.Slot, wish.ToKey(), options.Name, TimeProvider.System, options.Mode == HubMode.Sandbox);
            Console.WriteLine($"The key for {wish.Slot.Word} is {replaced.Now}; before it was {replaced.Before ?? "none"}. A running hub takes it up within 10 seconds. What was signed before stays as it is.");
            var left = Path.Combine(FolderOf(options), wish.Slot.Pkcs12File);
            if (wish.IsToken && File.Exists(left)) Console.WriteLine($"The former key still lies in {left}: move it to a safe place.");
            return 0;
        }
        catch (Exception fault) when (fault is KeyStoreException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(fault.Message, fault);
        }
    }

    private static string FolderOf(HubOptions options) => Path.Combine(Path.GetFullPath(options.Data), "keys");

    private static async Task<int> CompromisedAsync(string keyId, string since, string[] args)
    {
        if (keyId.Length != 16 || !keyId.All(char.IsAsciiHexDigitLower)) throw new StartRefusedException($"\"{keyId}\" is no key id: 16 lower-case hex digits, as dex verify and the log show them.");
        if (!EvidenceTime.TryParse(since, out var time)) throw new StartRefusedException($"\"{since}\" is no time: write it in UTC as 2026-11-21T11:00:00.000Z.");
        var options = ServeCommand.Read(args);
        using (var key = KeyStore.OpenOrCreate(FolderOf(options), options.Name, TimeProvider.System, allowSample: false))
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
