using System.Text;

namespace DocExchange.Core.Signing.Xml;

/// <summary>Canonical text as UTF-8 into a digest or a stream, through one buffer.</summary>
internal sealed class CanonicalSink(Action<byte[], int, int> to)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private int _count;

    public void Raw(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (_buffer.Length - _count < 8) Flush();
            _encoder.Convert(text, _buffer.AsSpan(_count), flush: false, out var chars, out var bytes, out _);
            _count += bytes;
            text = text[chars..];
        }
    }

    public void End(string name)
    {
        Raw("</");
        Raw(name);
        Raw(">");
    }

    public void Attribute(string name, string value)
    {
        Raw(" ");
        Raw(name);
        Raw("=\"");
        Escaped(value, "&<\"\t\n\r");
        Raw("\"");
    }

    public void Text(ReadOnlySpan<char> text) => Escaped(text, "&<>\r");

    public void Flush()
    {
        to(_buffer, 0, _count);
        _count = 0;
    }

    private void Escaped(ReadOnlySpan<char> text, ReadOnlySpan<char> special)
    {
        while (!text.IsEmpty)
        {
            var next = text.IndexOfAny(special);
            if (next < 0)
            {
                Raw(text);
                return;
            }
            Raw(text[..next]);
            Raw(text[next] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\t' => "&#x9;",
                '\n' => "&#xA;",
                _ => "&#xD;",
            });
            text = text[(next + 1)..];
        }
    }
}
