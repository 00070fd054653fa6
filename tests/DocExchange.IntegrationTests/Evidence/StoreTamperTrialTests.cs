using System.Text;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Parties;
using DocExchange.Core.Signing;
using DocExchange.Storage;
using DocExchange.Storage.Sqlite;

namespace DocExchange.IntegrationTests.Evidence;

/// <summary>
/// Somebody changes the log's rows in a stopped hub's folder, without the key: the hub refuses to start, cannot publish, or the next export does not
/// verify, whatever was touched. Seeded: every run does the same to the same rows.
/// </summary>
public sealed class StoreTamperTrialTests : IDisposable
{
    private const int Trials = 64;
    private const int Entries = 60;
    private readonly TemporaryFolder _folder = new();
    private readonly HubKey _key;

    public StoreTamperTrialTests() => _key = KeyStore.OpenOrCreate(_folder.At("keys"), "docexchange", TimeProvider.System, allowSample: true);

    private enum Deed { Delete, AlterEntry, AlterSalt, AlterHash, Swap, BackDate, CutTheEnd, Blank }

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_change_of_the_logs_rows_is_found_at_the_start_at_the_publication_or_in_the_next_export()
    {
        using (var store = Open("data"))
        {
            for (var i = 0; i < Entries; i++) await store.Exchange.RecordEventAsync(new EvidenceEntry { Event = EvidenceEvents.AccountSignedIn, Time = default, Actor = $"account {i}" }, default);
        }
        EvidenceCalls.CopyFolder(_folder.At("data"), _folder.At("untouched"));
        Assert.Null(await FaultAsync("untouched"));
        var said = new Dictionary<Deed, string>();

        for (var seed = 0; seed < Trials; seed++)
        {
            var deed = (Deed)(seed % Enum.GetValues<Deed>().Length);
            var trial = $"trial-{seed}";
            EvidenceCalls.CopyFolder(_folder.At("data"), _folder.At(trial));
            Touch(Path.Combine(_folder.At(trial), "store", "exchange.db"), deed, new Random(seed));

            var fault = await FaultAsync(trial);

            Assert.True(fault is not null, $"seed {seed}: {deed} was not found");
            said[deed] = fault!;
            Directory.Delete(_folder.At(trial), recursive: true);
        }
        // What the entries say is in no tile: only an export shows that they were changed.
        Assert.Equal("log", said[Deed.AlterEntry]);
        Assert.Equal("complete", said[Deed.Blank]);
    }

    /// <summary>Where the change was found; null when it was not.</summary>
    private async Task<string?> FaultAsync(string folder)
    {
        try
        {
            using var store = Open(folder);
            using var publisher = new LogPublisher(store.Log, Path.Combine(_folder.At(folder), "log"));
            await publisher.PublishAsync(default);
            var export = new MemoryStream();
            var range = await store.Exports.FindRangeAsync(store.Epoch, new ExportFilter(), default);
            await new ExportWriter(store.Exports, store.Epoch, new ExportFilter()).WriteAsync(export, range!, () => _key, DateTimeOffset.UtcNow, null, default);
            export.Position = 0;
            var verdict = ExportVerifier.Verify(export, [System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(_key.Chain[^1])], HeldEvidence.Nothing, deep: true);
            return verdict.Checks.FirstOrDefault(check => check.Outcome == CheckOutcome.Failed)?.Name;
        }
        catch (StoreRefusedException)
        {
            return "start";
        }
        catch (LogDamagedException)
        {
            return "publication";
        }
    }

    private static void Touch(string file, Deed deed, Random random)
    {
        using var database = Database.Open(file, readOnly: false);
        var rows = database.Prepare("SELECT idx, salt, entry, hash FROM log ORDER BY idx").ReadAll(row => (Index: row.Long(0), Salt: row.Blob(1), Entry: row.Blob(2), Hash: row.Blob(3)));
        var (at, other) = (rows[random.Next(1, rows.Count - 1)], rows[random.Next(1, rows.Count - 1)]);
        if (other.Index == at.Index) other = rows[^1];
        switch (deed)
        {
            case Deed.Delete: Run("DELETE FROM log WHERE idx = ?1", at.Index); break;
            case Deed.AlterEntry: Write("entry", at.Index, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(at.Entry).Replace("account ", "account 9", StringComparison.Ordinal))); break;
            case Deed.AlterSalt: Write("salt", at.Index, Flipped(at.Salt, random)); break;
            case Deed.AlterHash: Write("hash", at.Index, Flipped(at.Hash, random)); break;
            case Deed.Swap:
                foreach (var (to, from) in new[] { (at, other), (other, at) })
                {
                    Write("salt", to.Index, from.Salt);
                    Write("entry", to.Index, from.Entry);
                    Write("hash", to.Index, from.Hash);
                }
                break;
            case Deed.BackDate: Write("entry", at.Index, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(at.Entry).Replace("\"time\":\"20", "\"time\":\"19", StringComparison.Ordinal))); break;
            case Deed.CutTheEnd: Run("DELETE FROM log WHERE idx >= ?1", at.Index); break;
            case Deed.Blank: Run("UPDATE log SET salt = NULL, entry = NULL WHERE idx = ?1", at.Index); break;
            default: throw new ArgumentOutOfRangeException(nameof(deed));
        }

        void Run(string sql, long index) => database.Prepare(sql).Bind(1, index).Run();

        void Write(string column, long index, byte[] bytes) => database.Prepare($"UPDATE log SET {column} = ?2 WHERE idx = ?1").Bind(1, index).Bind(2, bytes).Run();
    }

    private static byte[] Flipped(byte[] bytes, Random random)
    {
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    private SqliteStore Open(string folder) => SqliteStore.Open(new StoreOptions(_folder.At(folder), "docexchange"), _key, TimeProvider.System, new CurrentParties());
}
