using System.Globalization;
using System.Text;
using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Tracking;

namespace DocExchange.Storage.Sqlite.LookUp;

/// <summary>
/// What a document is found by, as terms of one index. Words stand as they are, folded; every other condition is a term that begins with a
/// private-use character, which no word can contain. The index' tokenizer takes ASCII letters, digits and everything beyond ASCII as part
/// of a term, so other ASCII characters of a number and notation are moved into the private-use area.
/// </summary>
internal static class LookUpTerms
{
    private const char CodeBegins = '\uE000', CodeIs = '\uE001', SentBy = '\uE002', CopyFor = '\uE003', KindIs = '\uE004';
    private const char MovedAscii = '\uE100';

    /// <summary>Beginnings longer than this are not in the index: the rows decide, and few are left to. Each one more costs every acceptance.</summary>
    public const int LongestBeginning = 8;

    private const int LongestCode = 100;
    private const int LongestWord = 40;

    /// <summary>All terms of one document, separated by spaces. The same values always give the same terms: that is how they are taken out again.</summary>
    public static string Of(string subjectFolded, string code, long sender, BusinessType kind, IEnumerable<long> recipients)
    {
        var terms = new StringBuilder(512);
        AddWords(terms, subjectFolded);
        if (code.Length > 0)
        {
            AddWords(terms, FoldedText.Fold(code));
            var moved = Code(code);
            for (var length = 1; length <= Math.Min(moved.Length, LongestBeginning); length++) terms.Append(CodeBegins).Append(moved, 0, length).Append(' ');
            terms.Append(CodeIs).Append(moved).Append(' ');
        }
        terms.Append(Sender(sender)).Append(' ').Append(Kind(kind));
        foreach (var recipient in recipients) terms.Append(' ').Append(Recipient(recipient));
        return terms.ToString();
    }

    public static string Sender(long agency) => SentBy + agency.ToString(CultureInfo.InvariantCulture);

    public static string Recipient(long agency) => CopyFor + agency.ToString(CultureInfo.InvariantCulture);

    public static string Kind(BusinessType kind) => KindIs + ((int)kind).ToString(CultureInfo.InvariantCulture);

    public static string WholeCode(string code) => CodeIs + Code(code);

    public static string BeginningOfCode(string code)
    {
        var moved = Code(code);
        return CodeBegins + moved[..Math.Min(moved.Length, LongestBeginning)];
    }

    /// <summary>The words of a search, as terms.</summary>
    public static IEnumerable<string> Words(IEnumerable<string> words)
    {
        var terms = new StringBuilder();
        foreach (var word in words) AddWords(terms, FoldedText.Fold(word));
        return terms.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct();
    }

    /// <summary>Number and notation as compared: folded, without white space.</summary>
    public static string Code(string code)
    {
        var folded = FoldedText.Fold(code);
        var moved = new StringBuilder(folded.Length);
        foreach (var c in folded)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c) || char.IsSurrogate(c)) continue;
            if (moved.Length == LongestCode) break;
            moved.Append(c < 128 && !char.IsAsciiLetterOrDigit(c) ? (char)(MovedAscii + c) : c);
        }
        return moved.ToString();
    }

    private static void AddWords(StringBuilder terms, string folded)
    {
        var length = 0;
        foreach (var c in folded)
        {
            if (!char.IsLetterOrDigit(c))
            {
                if (length > 0) terms.Append(' ');
                length = 0;
            }
            else if (length++ < LongestWord)
            {
                terms.Append(c);
            }
        }
        if (length > 0) terms.Append(' ');
    }
}
