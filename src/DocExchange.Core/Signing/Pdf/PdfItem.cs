using System.Globalization;
using System.Text;

namespace DocExchange.Core.Signing.Pdf;

internal enum PdfKind { Null, Word, Number, Name, Text, Reference, Array, Dictionary }

/// <summary>One object of a PDF (ISO 32000-1 §7.3) as it stands in the file, with the place it was read from.</summary>
/// <param name="Start">First byte in the file; of what came out of an object stream, in that stream's content.</param>
/// <param name="End">Behind its last byte.</param>
internal sealed record PdfItem(PdfKind Kind, long Start, long End)
{
    private static readonly Dictionary<string, PdfItem> NoMembers = [];
    public static readonly PdfItem Null = new(PdfKind.Null, 0, 0);

    /// <summary>Of a name, without its slash and with #xx resolved, or of a word such as <c>true</c>.</summary>
    public string Word { get; init; } = "";

    /// <summary>Of a number; of a reference, the object's number.</summary>
    public long Number { get; init; }

    /// <summary>Of a string, decoded.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>Written between angle brackets, with nothing but digits.</summary>
    public bool IsHex { get; init; }

    public IReadOnlyList<PdfItem> Items { get; init; } = [];

    public IReadOnlyDictionary<string, PdfItem> Members { get; init; } = NoMembers;

    /// <summary>A key stands twice: programs differ in which one they take.</summary>
    public bool IsAmbiguous { get; init; }

    /// <summary>A dictionary with the keyword <c>stream</c> behind it; where its data begins.</summary>
    public long? StreamStart { get; init; }

    public PdfItem this[string key] => Members.GetValueOrDefault(key, Null);

    public bool IsName(string name) => Kind == PdfKind.Name && Word == name;

    /// <summary>One spelling for what means the same, white space and order of keys aside.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    public bool Means(PdfItem other) => Kind == other.Kind && ToString() == other.ToString();

    private void Write(StringBuilder to)
    {
        switch (Kind)
        {
            case PdfKind.Name: to.Append('/').Append(Word).Append(' '); break;
            case PdfKind.Text: to.Append('<').Append(Convert.ToHexString(Bytes)).Append('>'); break;
            case PdfKind.Reference: to.Append(CultureInfo.InvariantCulture, $"{Number} R "); break;
            case PdfKind.Array:
                to.Append('[');
                foreach (var item in Items) item.Write(to);
                to.Append(']');
                break;
            case PdfKind.Dictionary:
                to.Append("<<");
                foreach (var (key, value) in Members.OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    to.Append('/').Append(key).Append(' ');
                    value.Write(to);
                }
                to.Append(">>");
                break;
            default: to.Append(Word).Append(' '); break;
        }
    }
}
