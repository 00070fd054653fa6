namespace DocExchange.IntegrationTests.Durability.Tracing;

/// <summary>Where a plain write() lands. Descriptors whose position is not certain are refused when written, never guessed.</summary>
internal sealed class FilePositions
{
    private const long AtEnd = -1;
    private readonly Dictionary<int, long> positions = [];
    private readonly Dictionary<int, (int Descriptor, bool Append)> pending = [];
    private readonly Dictionary<int, int> writing = [];

    public void Opening(int thread, bool append) => pending[thread] = (-1, append);

    public SyscallEvent? Seeking(StraceDescriptor file, int thread)
    {
        if (positions.GetValueOrDefault(file.Number) != AtEnd)
        {
            pending[thread] = (file.Number, false);
        }

        return null;
    }

    public SyscallEvent? Closed(StraceDescriptor file)
    {
        positions.Remove(file.Number);
        return null;
    }

    /// <exception cref="NotSupportedException">The descriptor's opening was not seen (dup, inherited).</exception>
    public long Of(StraceDescriptor file, int thread)
    {
        writing[thread] = file.Number;
        return positions.TryGetValue(file.Number, out var position)
            ? position
            : throw new NotSupportedException($"{file.Target} is written at a position this analysis does not know; write with pwrite.");
    }

    public void Returned(int thread, SyscallEvent? call, long result)
    {
        if (pending.Remove(thread, out var opened) && result >= 0)
        {
            _ = opened.Descriptor < 0
                ? positions[(int)result] = opened.Append ? AtEnd : 0
                : positions[opened.Descriptor] = result;
        }

        if (writing.Remove(thread, out var written) && result > 0 && positions.TryGetValue(written, out var before) && before != AtEnd && call is FileWritten)
        {
            positions[written] = before + result;
        }
    }
}
