using DocExchange.IntegrationTests.Durability.PowerCuts;
using DocExchange.IntegrationTests.Durability.Tracing;

namespace DocExchange.IntegrationTests.Durability;

/// <summary>
/// Proof (b) of durability: at the moment the first byte of an answer is handed to the socket, every byte and every name the process has put into its data
/// folder is covered by a sync of that file or directory that was asked for after the change had returned, and has itself returned. Stronger than needed
/// for one submission after another, and simple enough to be believed.
/// </summary>
public static class SyncOrder
{
    /// <param name="mark">Bytes that only this answer's submission brought, e.g. its DocumentId: a write of them must have returned by then,
    /// or an answer given before its own commit would go unnoticed.</param>
    /// <param name="irrelevant">Paths relative to the data folder that no answer depends on, e.g. files published after the commit.</param>
    /// <param name="existing">A copy of the data folder as it was when the trace began; null when it was empty.</param>
    /// <returns>One sentence per unsynced change and answer; empty is the proof.</returns>
    public static IReadOnlyList<string> Violations(
        SyscallTrace trace, IReadOnlyList<Answer> answers, Func<Answer, byte[]> mark, Func<string, bool>? irrelevant = null, string? existing = null)
    {
        var disk = new DiskModel(trace.Root, new DiskRules(), existing);
        var replay = new Replay(trace, disk);
        var violations = new List<string>();
        foreach (var answer in answers.OrderBy(answer => answer.At))
        {
            replay.To(answer.At);
            if (!Written(trace, mark(answer), answer.At))
            {
                violations.Add($"answer {answer.Number} ({answer.Event}) left before its submission was written");
            }

            violations.AddRange(Unsynced(disk, disk.Top, "", irrelevant ?? (_ => false)).Select(what => $"answer {answer.Number} ({answer.Event}) left before {what}"));
        }

        return violations;
    }

    private static bool Written(SyscallTrace trace, byte[] mark, int until) => trace.Events
        .TakeWhile(call => call.Begin < until)
        .Reverse()
        .Any(call => call is FileWritten { Failed: false } write && write.End < until && write.Written.Span.IndexOf(mark) >= 0);

    private static IEnumerable<string> Unsynced(DiskModel disk, DiskDirectory directory, string relative, Func<string, bool> irrelevant)
    {
        foreach (var (name, node) in directory.Seen)
        {
            var path = relative.Length == 0 ? name : $"{relative}/{name}";
            if (irrelevant(path))
            {
                continue;
            }

            if (!ReferenceEquals(directory.Durable.GetValueOrDefault(name), node))
            {
                var cause = disk.PendingNames.Last(change => change.Directory == directory && change.Name == name).Cause;
                yield return $"the name {path} was made durable: no sync of {directory.Path} has returned since {cause}";
            }

            if (node is DiskDirectory inner)
            {
                foreach (var deeper in Unsynced(disk, inner, path, irrelevant))
                {
                    yield return deeper;
                }
            }
            else if (((DiskFile)node).Pending is { Count: > 0 } pending)
            {
                yield return $"{pending.Count} change(s) of {path} were made durable, first {pending[0].Cause}"
                    + (pending[0].Abandoned ? ", whose sync failed" : ": no sync of it that began afterwards has returned");
            }
        }
    }
}
