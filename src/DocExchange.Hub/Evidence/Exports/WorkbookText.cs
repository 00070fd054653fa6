using System.Globalization;
using System.Text;
using System.Xml;

namespace DocExchange.Hub.Evidence.Exports;

/// <summary>A text as a cell holds it: what XML cannot hold as <c>_xHHHH_</c> (ISO/IEC 29500-1 §22.9.2.19), cut where a cell ends.</summary>
internal static class WorkbookText
{
    /// <summary>A cell holds 32 767 characters.</summary>
    private const int Longest = 32_000;

    public static string Of(string value)
    {
        if (value.Length > Longest) value = value[..(char.IsHighSurrogate(value[Longest - 1]) ? Longest - 1 : Longest)] + "…";
        return value.All(XmlConvert.IsXmlChar) && !value.Contains("_x", StringComparison.Ordinal) ? value : Escape(value);
    }

    private static string Escape(string value)
    {
        var text = new StringBuilder(value.Length + 16);
        foreach (var rune in value.EnumerateRunes())
        {
            // An underscore may begin what looks like an escape, and is then one itself.
            if (rune.Value == '_' || (rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value))) text.Append(CultureInfo.InvariantCulture, $"_x{rune.Value:X4}_");
            else text.Append(rune.ToString());
        }
        return text.ToString();
    }
}
