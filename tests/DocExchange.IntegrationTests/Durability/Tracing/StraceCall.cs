using System.Text;

namespace DocExchange.IntegrationTests.Durability.Tracing;

/// <summary>The pieces of one line of the trace: name, arguments as slices of the line, and result. Strings in it are written as <c>\xNN</c> throughout (-xx).</summary>
internal readonly ref struct StraceCall
{
    private readonly ReadOnlySpan<byte> line;
    private readonly List<Range> arguments;

    private StraceCall(string name, ReadOnlySpan<byte> line, List<Range> arguments, ReadOnlySpan<byte> tail)
    {
        Name = name;
        this.line = line;
        this.arguments = arguments;
        Tail = tail;
    }

    public string Name { get; }

    /// <summary>What follows the closing parenthesis, <c> = 3&lt;…&gt;</c>; empty for an unfinished call.</summary>
    public ReadOnlySpan<byte> Tail { get; }

    public int Count => arguments.Count;

    /// <param name="text">From the name on: <c>pwrite64(5&lt;…&gt;, "…", 4096, 0) = 4096</c>, or without the end when unfinished.</param>
    public static StraceCall Parse(ReadOnlySpan<byte> text)
    {
        var open = text.IndexOf((byte)'(');
        var name = Encoding.ASCII.GetString(text[..open]);
        var arguments = new List<Range>(6);
        var depth = 0;
        var start = open + 1;
        var i = start;
        for (; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'"':
                    i += 1 + text[(i + 1)..].IndexOf((byte)'"');
                    break;
                case (byte)'(' or (byte)'[' or (byte)'{':
                    depth++;
                    break;
                case (byte)')' when depth == 0:
                    Add(text, start, i);
                    return new StraceCall(name, text, arguments, text[(i + 1)..]);
                case (byte)')' or (byte)']' or (byte)'}':
                    depth--;
                    break;
                case (byte)',' when depth == 0:
                    Add(text, start, i);
                    start = i + 1;
                    break;
            }
        }

        Add(text, start, i);
        return new StraceCall(name, text, arguments, []);

        void Add(ReadOnlySpan<byte> all, int from, int to)
        {
            while (from < to && all[from] == ' ')
            {
                from++;
            }

            if (from < to)
            {
                arguments.Add(from..to);
            }
        }
    }

    public ReadOnlySpan<byte> Raw(int index) => line[arguments[index]];

    public string Text(int index) => Encoding.ASCII.GetString(Raw(index));

    public long Number(int index) => long.Parse(Raw(index));

    public string Path(int index) => Encoding.UTF8.GetString(StraceBytes.Quoted(Raw(index)));

    public byte[] Data(int index) => StraceBytes.Quoted(Raw(index));

    public StraceDescriptor Descriptor(int index) => StraceDescriptor.Parse(Raw(index));
}
