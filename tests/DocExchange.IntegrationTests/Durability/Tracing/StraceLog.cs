using System.Text;

namespace DocExchange.IntegrationTests.Durability.Tracing;

/// <summary>Reads a trace line by line and joins calls that other threads interrupted. Memory holds one line and the events that were kept.</summary>
internal sealed class StraceLog(StraceInterpreter interpreter)
{
    private readonly Dictionary<int, int> unfinished = [];
    private readonly List<SyscallEvent> events = [];
    private int lineNumber;

    public static List<SyscallEvent> Read(Stream log, StraceInterpreter interpreter)
    {
        var reader = new StraceLog(interpreter);
        var buffer = new byte[1 << 20];
        var filled = 0;
        while (true)
        {
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, checked(buffer.Length * 2));
            }

            var read = log.Read(buffer, filled, buffer.Length - filled);
            if (read == 0)
            {
                return reader.events;
            }

            filled += read;
            var taken = 0;
            for (int end; (end = buffer.AsSpan(taken, filled - taken).IndexOf((byte)'\n')) >= 0; taken += end + 1)
            {
                reader.Line(buffer.AsSpan(taken, end));
            }

            buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
            filled -= taken;
        }
    }

    private void Line(ReadOnlySpan<byte> line)
    {
        lineNumber++;
        try
        {
            var space = line.IndexOf((byte)' ');
            var thread = int.Parse(line[..space]);
            var call = line[space..].TrimStart((byte)' ');
            if (call.StartsWith("<... "u8))
            {
                Resumed(thread, call);
            }
            else if (!call.StartsWith("+++"u8) && !call.StartsWith("---"u8) && !call.StartsWith("???"u8))
            {
                Started(thread, call);
            }
        }
        catch (Exception error) when (error is FormatException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new FormatException($"Line {lineNumber} of the trace cannot be read: {Encoding.ASCII.GetString(line[..Math.Min(line.Length, 300)])}", error);
        }
    }

    private void Started(int thread, ReadOnlySpan<byte> text)
    {
        var cut = text.EndsWith("<unfinished ...>"u8);
        var call = StraceCall.Parse(cut ? text[..^"<unfinished ...>".Length] : text);
        var kept = interpreter.Interpret(call, thread, lineNumber);
        if (kept is not null)
        {
            events.Add(kept);
        }

        if (cut)
        {
            unfinished[thread] = kept is null ? -1 : events.Count - 1;
        }
        else
        {
            Returned(thread, kept is null ? -1 : events.Count - 1, call.Tail);
        }
    }

    private void Resumed(int thread, ReadOnlySpan<byte> text)
    {
        if (unfinished.Remove(thread, out var kept))
        {
            Returned(thread, kept, text[text.LastIndexOf(") = "u8)..][1..]);
        }
    }

    /// <param name="tail"> = 3&lt;…&gt; | = -1 EIO (Input/output error) (INJECTED) | = ?</param>
    private void Returned(int thread, int kept, ReadOnlySpan<byte> tail)
    {
        var value = tail[(tail.IndexOf((byte)'=') + 1)..].Trim((byte)' ');
        if (value.StartsWith("?"u8))
        {
            return;
        }

        var words = value.IndexOf((byte)' ') is var space and >= 0 ? value[(space + 1)..] : [];
        var error = value.StartsWith("-1 "u8) ? Encoding.ASCII.GetString(words[..(words.IndexOf((byte)' ') is var end and >= 0 ? end : words.Length)]) : null;
        _ = long.TryParse(value[..LeadingNumber(value)], out var result);
        interpreter.Returned(thread, kept < 0 ? null : events[kept], error is null ? result : -1);
        if (kept >= 0)
        {
            events[kept] = events[kept] with { End = lineNumber, Error = error, Result = result };
        }
    }

    private static int LeadingNumber(ReadOnlySpan<byte> value)
    {
        var length = 0;
        while (length < value.Length && (value[length] is >= (byte)'0' and <= (byte)'9' || (length == 0 && value[0] == '-')))
        {
            length++;
        }

        return length;
    }
}
