namespace DocExchange.Core.Validation;

/// <summary>
/// Vietnamese text letter by letter, each letter as its base and the set of its marks. Two spellings of one letter (composed, or with the
/// marks as code points in any order) are equal; letters with other marks are not: mật is not mất. Tables of its own, because the
/// framework's normalisation is switched off with culture data.
/// </summary>
internal static class MarkedText
{
    private const int OtherMark = 1 << 30;
    private const int BaseBits = 0xFFFF;

    // Each row: a vowel without tone, then with grave, acute, hook, tilde and dot below. Second: the vowel's base and its own mark.
    private static readonly (string Row, char Base, int Mark)[] Vowels =
    [
        ("aàáảãạ", 'a', 0), ("ăằắẳẵặ", 'a', Breve), ("âầấẩẫậ", 'a', Circumflex), ("eèéẻẽẹ", 'e', 0), ("êềếểễệ", 'e', Circumflex),
        ("iìíỉĩị", 'i', 0), ("oòóỏõọ", 'o', 0), ("ôồốổỗộ", 'o', Circumflex), ("ơờớởỡợ", 'o', Horn), ("uùúủũụ", 'u', 0),
        ("ưừứửữự", 'u', Horn), ("yỳýỷỹỵ", 'y', 0),
    ];

    private const int Breve = 1 << 22;
    private const int Circumflex = 1 << 23;
    private const int Horn = 1 << 24;

    private static readonly int[] Letters = BuildLetters();

    /// <summary>One number per letter. White space becomes one blank.</summary>
    public static int[] Compile(string text)
    {
        var units = new int[text.Length];
        var count = 0;
        foreach (var c in text) Append(c, units, ref count);
        return units[..count];
    }

    /// <summary>
    /// Whether a part of the text between delimiters, or the whole text, equals one of the marks. Delimiters are punctuation and symbols,
    /// not blanks: "bảo mật" is one part.
    /// </summary>
    public static bool HasToken(string? text, int[][] marks)
    {
        if (string.IsNullOrEmpty(text)) return false;
        // Longer than any mark needs no comparison; the buffer only has to tell "longer".
        Span<int> units = stackalloc int[64];
        var count = 0;
        foreach (var c in text)
        {
            if (IsDelimiter(c))
            {
                if (Equals(units[..count], marks)) return true;
                count = 0;
            }
            else Append(c, units, ref count);
        }
        return Equals(units[..count], marks);
    }

    /// <summary>Whether the text, blanks aside, is one of the marks: stamps are written with their letters apart.</summary>
    public static bool IsSpaced(string text, int[][] marks)
    {
        var units = Compile(text).Where(unit => unit != ' ').ToArray();
        return units.Length > 0 && marks.Any(mark => mark.Where(unit => unit != ' ').SequenceEqual(units));
    }

    /// <summary>Whether the text's last word is one of these.</summary>
    public static bool EndsWithWord(string text, int[][] words)
    {
        var units = Compile(text).AsSpan().TrimEnd((int)' ');
        var last = units[(units.LastIndexOf((int)' ') + 1)..];
        foreach (var word in words)
        {
            if (last.SequenceEqual(word)) return true;
        }
        return false;
    }

    private static bool IsDelimiter(char c) => char.IsPunctuation(c) || char.IsSymbol(c) || char.IsControl(c) && !char.IsWhiteSpace(c);

    private static bool Equals(ReadOnlySpan<int> units, int[][] marks)
    {
        if (units.Length > 0 && units[^1] == ' ') units = units[..^1];
        if (units.IsEmpty) return false;
        foreach (var mark in marks)
        {
            if (units.SequenceEqual(mark)) return true;
        }
        return false;
    }

    private static void Append(char c, Span<int> units, ref int count)
    {
        if (c is >= '\u0300' and <= '\u036F')
        {
            if (count > 0) units[count - 1] |= MarkOf(c);
            return;
        }
        // Invisible characters between letters are not letters: they must not hide a mark.
        if (char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format) return;
        int unit;
        if (char.IsWhiteSpace(c))
        {
            if (count == 0 || units[count - 1] == ' ') return;
            unit = ' ';
        }
        else
        {
            var lower = char.ToLowerInvariant(c);
            unit = lower < Letters.Length && Letters[lower] != 0 ? Letters[lower] : lower;
        }
        if (count < units.Length) units[count++] = unit;
        else units[count - 1] = OtherMark;
    }

    private static int MarkOf(char mark) => mark switch
    {
        '\u0300' or '\u0340' => Tone(1),
        '\u0301' or '\u0341' => Tone(2),
        '\u0309' => Tone(3),
        '\u0303' => Tone(4),
        '\u0323' => Tone(5),
        '\u0306' => Breve,
        '\u0302' => Circumflex,
        '\u031B' => Horn,
        _ => OtherMark,
    };

    private static int Tone(int tone) => tone == 0 ? 0 : 1 << (16 + tone);

    private static int[] BuildLetters()
    {
        var letters = new int[0x1F00];
        foreach (var (row, letter, mark) in Vowels)
        {
            for (var tone = 0; tone < row.Length; tone++) letters[row[tone]] = (letter & BaseBits) | mark | Tone(tone);
        }
        return letters;
    }
}
