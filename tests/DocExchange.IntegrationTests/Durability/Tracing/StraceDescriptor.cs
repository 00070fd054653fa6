using System.Text;

namespace DocExchange.IntegrationTests.Durability.Tracing;

/// <summary>A descriptor with what the kernel said it was at that moment: <c>5&lt;\x2f…&gt;</c>, <c>5&lt;TCP:[…]&gt;</c>, <c>AT_FDCWD&lt;…&gt;</c>.</summary>
internal readonly record struct StraceDescriptor(int Number, string Target, bool IsPath, bool Deleted)
{
    public bool IsChannel => Target.StartsWith("TCP", StringComparison.Ordinal) || Target.StartsWith("UNIX", StringComparison.Ordinal)
        || Target.StartsWith("socket:", StringComparison.Ordinal) || Target.StartsWith("pipe:", StringComparison.Ordinal);

    public static StraceDescriptor Parse(ReadOnlySpan<byte> text)
    {
        var open = text.IndexOf((byte)'<');
        var numberText = open < 0 ? text : text[..open];
        _ = int.TryParse(numberText, out var number) || (number = -1) == 0;
        if (open < 0)
        {
            return new(number, "", false, false);
        }

        var inside = text[(open + 1)..];
        if (inside[0] != '\\')
        {
            return new(number, Encoding.ASCII.GetString(inside[..^1]), false, false);
        }

        var hex = inside[..inside.IndexOfAny((byte)'>', (byte)'<')];
        var name = Encoding.UTF8.GetString(StraceBytes.Decode(hex));
        return new(number, name, name.StartsWith('/'), text.EndsWith("(deleted)"u8));
    }
}
