using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace DocExchange.Hub.Clerk.Markup;

/// <summary>
/// Finished markup. It is only made of literals written in the source and of values that were encoded on the way in: what stands in a hole of
/// <see cref="Of"/> is text unless it is markup already. Values belong into element content or quoted attributes, nowhere else.
/// </summary>
internal readonly record struct Html(string Text)
{
    // Letters stay letters: Vietnamese as numeric references would be three times as long.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static readonly Html Nothing = new("");

    public static Html Of(Builder markup) => new(markup.ToString());

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(p => p.Text)));

    public static Html When(bool condition, Func<Html> markup) => condition ? markup() : Nothing;

    public override string ToString() => Text;

    [InterpolatedStringHandler]
    internal readonly ref struct Builder
    {
        private readonly StringBuilder _text;

        public Builder(int literalLength, int holes) => _text = new StringBuilder(literalLength + (holes * 32));

        public void AppendLiteral(string literal) => _text.Append(literal);

        public void AppendFormatted(Html markup) => _text.Append(markup.Text);

        public void AppendFormatted(IEnumerable<Html> parts)
        {
            foreach (var part in parts) _text.Append(part.Text);
        }

        public void AppendFormatted(string? text)
        {
            if (!string.IsNullOrEmpty(text)) _text.Append(Encoder.Encode(text));
        }

        public void AppendFormatted(long number) => _text.Append(number.ToString(CultureInfo.InvariantCulture));

        public override string ToString() => _text.ToString();
    }
}
