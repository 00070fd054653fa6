using System.Security.Cryptography.X509Certificates;
using System.Text;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Exports;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;
using DocExchange.UnitTests.Evidence;
using DocExchange.UnitTests.Evidence.Exports;

namespace DocExchange.TrialTests.Tampering;

/// <summary>
/// Somebody with the hub's data folder, and in the second series with its key, changes the past and hands out an export of it. Whoever checks
/// holds something from outside or nothing. All that is older than the newest thing held is found, and untouched data raises no alarm.
/// </summary>
public sealed class TamperTrialTests : IDisposable
{
    private const int Trials = 1100;
    private const int Entries = 160;
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly HubKey _key = GoldenReceipts.SampleKey();
    private readonly X509Certificate2Collection _roots = [GoldenReceipts.SampleRoot()];

    private enum Deed { Delete, Alter, Reorder, BackDate, Truncate }

    private enum Holding { Nothing, Checkpoint, Receipt, EarlierExport }

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Whoever_has_the_data_folder_but_not_the_key_is_found_whatever_the_reader_holds()
    {
        var log = TrialLog.Make(_key, Entries, 11);
        var lines = Encoding.UTF8.GetString(log.Export(new ExportFilter(), Now)).Split('\n')[..^1];
        for (var seed = 0; seed < Trials; seed++)
        {
            var random = new Random(seed);
            var deed = (Deed)(seed % 5);
            var bytes = Encoding.UTF8.GetBytes(string.Concat(Touch(lines, deed, random).Select(line => line + "\n")));

            var verdict = Verify(bytes, Hold(log, (Holding)random.Next(4), random).Held);

            Assert.False(verdict.Valid, $"seed {seed}: {deed} was not found");
            Assert.Contains(verdict.Checks, check => check.Outcome == CheckOutcome.Failed && Explains(deed, check.Name));
        }
    }

    [Fact]
    public void Whoever_has_the_key_too_is_found_in_all_that_is_older_than_the_newest_thing_held()
    {
        var honest = TrialLog.Make(_key, Entries, 12);
        var (found, beyond) = (0, 0);
        for (var seed = 0; seed < Trials; seed++)
        {
            var random = new Random(seed);
            var deed = (Deed)(seed % 5);
            var (held, fixedUpTo) = Hold(honest, (Holding)random.Next(4), random);
            var (rewritten, at) = Rewrite(honest, deed, random);

            var verdict = Verify(rewritten.Export(new ExportFilter(), Now), held, deep: seed % 50 == 0);

            if (at < fixedUpTo)
            {
                found++;
                Assert.Contains(verdict.Checks, check => check is { Name: "held", Outcome: CheckOutcome.Failed });
            }
            else
            {
                // Nobody outside had seen it: it cannot be told from the truth, which docs/evidence-format.md says.
                beyond++;
                Assert.True(verdict.Valid, $"seed {seed}");
            }
            Assert.All(verdict.Checks, check => Assert.True(check.Name == "held" || check.Outcome == CheckOutcome.Passed, $"seed {seed}: {check.English}"));
        }
        Assert.True(found > Trials / 4 && beyond > Trials / 8, $"{found} and {beyond} say nothing");
    }

    [Fact]
    public void Untouched_data_raises_no_alarm_whatever_the_reader_holds_and_wherever_the_export_begins()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var log = TrialLog.Make(_key, random.Next(1, Entries), seed);
            long? after = random.Next(2) == 0 ? null : log.Sizes[random.Next(log.Sizes.Count)];
            var (held, _) = Hold(log, (Holding)(seed % 4), random);

            var verdict = Verify(log.Export(new ExportFilter { After = after, Document = random.Next(2) == 0 ? "x" : null }, Now), held, deep: true);

            Assert.True(verdict.Valid, $"seed {seed}: {string.Join(' ', verdict.Checks.Select(check => check.English))}");
        }
    }

    private ExportVerdict Verify(byte[] export, HeldEvidence held, bool deep = false) => ExportVerifier.Verify(new MemoryStream(export), _roots, held, deep);

    /// <summary>What the reader got from the honest hub earlier, and the size of the log it fixes.</summary>
    private (HeldEvidence Held, long FixedUpTo) Hold(TrialLog log, Holding holding, Random random)
    {
        var batch = random.Next(log.Batches.Count);
        var bytes = holding switch
        {
            Holding.Checkpoint => log.Head(batch).Note,
            Holding.Receipt => ReceiptFormat.Render(log.Receipt((int)log.Sizes[batch] - 1)),
            Holding.EarlierExport => new TrialLog(_key, log.Leaves, [.. log.Batches.Take(batch + 1)]).Export(new ExportFilter(), Now),
            _ => null,
        };
        return bytes is null ? (HeldEvidence.Nothing, 0) : (HeldEvidence.TryParse(holding.ToString(), bytes)!, log.Sizes[batch]);
    }

    /// <summary>The file as somebody without the key can change it.</summary>
    private static IEnumerable<string> Touch(string[] lines, Deed deed, Random random)
    {
        var changed = lines.ToList();
        var events = Enumerable.Range(0, lines.Length).Where(i => lines[i].StartsWith("{\"index\"", StringComparison.Ordinal)).ToArray();
        var at = events[random.Next(events.Length - 1)];
        switch (deed)
        {
            case Deed.Delete:
                changed.RemoveAt(at);
                break;
            case Deed.Alter:
                var place = lines[at].IndexOf("QĐ", StringComparison.Ordinal) - 1 - random.Next(3) % 2;
                changed[at] = lines[at][..place] + (char)('a' + random.Next(26)) + lines[at][(place + 1)..];
                break;
            case Deed.Reorder:
                var other = events[Array.IndexOf(events, at) + 1];
                (changed[at], changed[other]) = (changed[other], changed[at]);
                break;
            case Deed.BackDate:
                changed[at] = lines[at].Replace("2026-11-21T", "2025-11-21T", StringComparison.Ordinal);
                break;
            default:
                changed.RemoveRange(at, changed.Count - at - random.Next(2));
                break;
        }
        return changed;
    }

    /// <summary>Which claim must be the one that fails: the order and number of lines, or what is hashed.</summary>
    private static bool Explains(Deed deed, string claim) => deed switch
    {
        Deed.Alter => claim is "log",
        Deed.Truncate or Deed.BackDate => claim is "format" or "log",
        _ => claim is "format",
    };

    /// <summary>Another past with everything computed and signed anew, and the index of the first leaf that differs.</summary>
    private (TrialLog Log, long At) Rewrite(TrialLog log, Deed deed, Random random)
    {
        var leaves = log.Leaves.ToList();
        var batches = log.Batches.ToList();
        var at = random.Next(1, leaves.Count - 1);
        switch (deed)
        {
            case Deed.Delete:
                leaves.RemoveAt(at);
                Shrink(batches, at);
                break;
            case Deed.Alter:
                leaves[at] = Changed(leaves[at], entry => entry with { Sender = "000.00.02.H99" });
                break;
            case Deed.Reorder:
                // With the times in order, or the entries themselves would tell.
                var (first, second) = (EvidenceEntry.TryParse(leaves[at - 1].Entry)!, EvidenceEntry.TryParse(leaves[at].Entry)!);
                (leaves[at - 1], leaves[at]) = (Changed(leaves[at], entry => entry with { Time = first.Time }), Changed(leaves[at - 1], entry => entry with { Time = second.Time }));
                at--;
                break;
            case Deed.BackDate:
                leaves[at] = Changed(leaves[at], entry => entry with { Time = entry.Time.AddMilliseconds(-900) });
                break;
            default:
                leaves.RemoveRange(at, leaves.Count - at);
                while (batches.Sum() > at) Shrink(batches, batches.Sum() - 1);
                break;
        }
        return (new TrialLog(_key, [.. leaves.Select((leaf, i) => leaf with { Index = i })], batches), at);
    }

    private static ExportLeaf Changed(ExportLeaf leaf, Func<EvidenceEntry, EvidenceEntry> change) => TrialLog.Leaf(leaf.Index, leaf.Salt!, change(EvidenceEntry.TryParse(leaf.Entry)!));

    /// <summary>One leaf less in the batch that holds an index.</summary>
    private static void Shrink(List<int> batches, int index)
    {
        var batch = 0;
        for (var end = batches[0]; end <= index; end += batches[++batch])
        {
        }
        if (--batches[batch] == 0) batches.RemoveAt(batch);
    }
}
