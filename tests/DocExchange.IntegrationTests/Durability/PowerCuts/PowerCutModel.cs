using DocExchange.IntegrationTests.Durability.Tracing;

namespace DocExchange.IntegrationTests.Durability.PowerCuts;

/// <summary>
/// Proof (c) of durability: replays a trace up to many moments and lays out, for each, a folder that a power cut at that moment may have left.
/// The same seed gives the same cuts and the same folders.
/// </summary>
public static class PowerCutModel
{
    /// <summary>
    /// <paramref name="count"/> cuts in the order of time: half of them at the very moment an answer begins to leave, when least has happened since the
    /// promise was made, the others anywhere. A cut is valid until the next one is asked for.
    /// </summary>
    /// <param name="existing">A copy of the data folder as it was when the trace began; null when it was empty.</param>
    public static IEnumerable<PowerCut> Cut(SyscallTrace trace, IReadOnlyList<Answer> answers, int count, int seed, DiskRules? rules = null, string? existing = null)
    {
        var chance = new Random(seed);
        var disk = new DiskModel(trace.Root, rules ?? new DiskRules(), existing);
        var replay = new Replay(trace, disk);
        foreach (var line in Moments(trace, answers, count, chance))
        {
            replay.To(line);
            yield return new PowerCut(line, chance.Next(), disk, rules ?? new DiskRules(), answers.Where(answer => answer.At <= line).ToList());
        }
    }

    private static List<int> Moments(SyscallTrace trace, IReadOnlyList<Answer> answers, int count, Random chance)
    {
        var touching = trace.Events.Where(call => call is not AnswerWritten).ToList();
        if (touching.Count == 0 || answers.Count == 0)
        {
            throw new InvalidOperationException($"The trace has {touching.Count} calls on {trace.Root} and {answers.Count} answers: it can prove nothing.");
        }

        var last = Math.Max(answers[^1].At, touching[^1].Begin);
        return
        [
            .. Enumerable.Range(0, count)
                .Select(i => i % 2 == 0 ? answers[chance.Next(answers.Count)].At : chance.Next(touching[0].Begin, last + 1))
                .Order(),
        ];
    }
}

/// <summary>One power cut: what had been promised, and what the disk may hold.</summary>
public sealed class PowerCut
{
    private static readonly double[] Luck = [0, 0.1, 0.5, 0.9, 1];
    private readonly DiskModel disk;
    private readonly DiskRules rules;
    private readonly int seed;
    private readonly List<string> lost = [];

    internal PowerCut(int line, int seed, DiskModel disk, DiskRules rules, IReadOnlyList<Answer> answered) =>
        (Line, this.seed, this.disk, this.rules, Answered) = (line, seed, disk, rules, answered);

    /// <summary>The line of the trace after which the power went.</summary>
    public int Line { get; }

    /// <summary>The answers that had begun to leave: their content must be found again.</summary>
    public IReadOnlyList<Answer> Answered { get; }

    /// <summary>Writes the folder; it must not exist. What was lost is told by <see cref="ToString"/> afterwards.</summary>
    public void LayOut(string folder)
    {
        var chance = new Random(seed);
        var keep = Luck[chance.Next(Luck.Length)];
        lost.Clear();
        LayOut(disk.Top, folder, SurvivingNames(chance, keep), chance, keep);
    }

    public override string ToString() =>
        $"power cut after line {Line} of the trace (seed {seed}), {Answered.Count} answers given; lost: "
        + (lost.Count == 0 ? "nothing" : string.Join("; ", lost.TakeLast(20)));

    private Dictionary<DiskDirectory, Dictionary<string, DiskNode>> SurvivingNames(Random chance, double keep)
    {
        var names = new Dictionary<DiskDirectory, Dictionary<string, DiskNode>>();
        var prefix = chance.Next(disk.PendingNames.Count + 1);
        for (var i = 0; i < disk.PendingNames.Count; i++)
        {
            var change = disk.PendingNames[i];
            if (rules.Names == NameOrder.Journalled ? i < prefix || SameCallAsBefore(i, prefix) : chance.NextDouble() < keep)
            {
                if (!names.TryGetValue(change.Directory, out var surviving))
                {
                    names[change.Directory] = surviving = new(change.Directory.Durable, StringComparer.Ordinal);
                }

                change.ApplyTo(surviving);
            }
            else
            {
                lost.Add($"{(change.Node is null ? "the removal" : "the name")} {change.Name} in {change.Directory.Path} by {change.Cause}");
            }
        }

        return names;
    }

    // A journal keeps both halves of a rename or neither.
    private bool SameCallAsBefore(int i, int prefix) => i == prefix && i > 0 && ReferenceEquals(disk.PendingNames[i].Cause, disk.PendingNames[i - 1].Cause);

    private void LayOut(DiskDirectory directory, string folder, Dictionary<DiskDirectory, Dictionary<string, DiskNode>> names, Random chance, double keep)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, node) in names.GetValueOrDefault(directory, directory.Durable).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var path = Path.Combine(folder, name);
            if (node is DiskDirectory inner)
            {
                LayOut(inner, path, names, chance, keep);
            }
            else
            {
                File.WriteAllBytes(path, ((DiskFile)node).AfterCut(chance, keep, lost));
            }
        }
    }
}
