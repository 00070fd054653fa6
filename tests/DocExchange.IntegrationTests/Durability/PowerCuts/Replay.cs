using DocExchange.IntegrationTests.Durability.Tracing;

namespace DocExchange.IntegrationTests.Durability.PowerCuts;

/// <summary>Brings a <see cref="DiskModel"/> forward through a trace, never back.</summary>
internal sealed class Replay
{
    private readonly DiskModel disk;
    private readonly List<(int At, bool Returns, SyscallEvent Call)> steps;
    private int next;

    public Replay(SyscallTrace trace, DiskModel disk)
    {
        this.disk = disk;
        steps =
        [
            .. trace.Events.Select(call => (At: call.Begin, Returns: false, call))
                .Concat(trace.Events.Where(call => call.End != SyscallEvent.Never).Select(call => (At: call.End, Returns: true, call)))
                .OrderBy(step => step.At).ThenBy(step => step.Returns),
        ];
    }

    /// <summary>Applies everything that the trace shows up to and including the line.</summary>
    public void To(int line)
    {
        for (; next < steps.Count && steps[next].At <= line; next++)
        {
            if (steps[next].Returns)
            {
                disk.Returned(steps[next].Call);
            }
            else
            {
                disk.Issued(steps[next].Call);
            }
        }
    }
}
