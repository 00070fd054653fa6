using System.Numerics;
using DocExchange.Core.Parties;

namespace DocExchange.Core.Routing;

/// <summary>
/// Agencies by the words of their names, marks removed: for every word the agencies it stands in. A search takes the agencies in which
/// each of its words begins a word of the name, in the order of <see cref="Rank"/>.
/// </summary>
internal sealed class NameIndex
{
    private readonly Agency[] _ranked;
    private readonly string[] _words;

    // The places of one word after those of the word before it, so that those of all words with one beginning stand together.
    private readonly int[] _places;
    private readonly int[] _firstPlaces;

    public NameIndex(IReadOnlyCollection<Agency> agencies)
    {
        _ranked = [.. agencies];
        Array.Sort(_ranked, Rank);
        var places = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var known = places.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var place = 0; place < _ranked.Length; place++)
        {
            var text = FoldedText.Fold(_ranked[place].Name).AsSpan();
            while (Next(ref text) is { IsEmpty: false } word)
            {
                if (!known.TryGetValue(word, out var list)) known[word] = list = [];
                if (list.Count == 0 || list[^1] != place) list.Add(place);
            }
        }
        _words = [.. places.Keys];
        Array.Sort(_words, StringComparer.Ordinal);
        _firstPlaces = new int[_words.Length + 1];
        for (var i = 0; i < _words.Length; i++) _firstPlaces[i + 1] = _firstPlaces[i] + places[_words[i]].Count;
        _places = new int[_firstPlaces[^1]];
        for (var i = 0; i < _words.Length; i++) places[_words[i]].CopyTo(_places, _firstPlaces[i]);
    }

    /// <summary>Those in force before ended ones, short names before long ones.</summary>
    public static int Rank(Agency one, Agency other)
    {
        var order = (one.ValidTo is not null).CompareTo(other.ValidTo is not null);
        if (order == 0) order = one.Name.Length.CompareTo(other.Name.Length);
        return order != 0 ? order : StringComparer.Ordinal.Compare(one.Code, other.Code);
    }

    public static List<string> WordsOf(string text)
    {
        var words = new List<string>();
        var rest = FoldedText.Fold(text).AsSpan();
        while (Next(ref rest) is { IsEmpty: false } word) words.Add(word.ToString());
        return words;
    }

    public IEnumerable<Agency> Find(IReadOnlyList<string> words)
    {
        if (words.Count == 0) yield break;
        var found = Beginning(words[0]);
        for (var i = 1; i < words.Count; i++)
        {
            var other = Beginning(words[i]);
            for (var j = 0; j < found.Length; j++) found[j] &= other[j];
        }
        for (var i = 0; i < found.Length; i++)
        {
            for (var bits = found[i]; bits != 0; bits &= bits - 1) yield return _ranked[(i * 64) + BitOperations.TrailingZeroCount(bits)];
        }
    }

    /// <summary>One bit for each agency, in rank order.</summary>
    private ulong[] Beginning(string with)
    {
        var bits = new ulong[(_ranked.Length + 63) / 64];
        foreach (var place in _places.AsSpan(_firstPlaces[FirstFrom(with)].._firstPlaces[FirstFrom(with + '\uffff')])) bits[place / 64] |= 1UL << (place % 64);
        return bits;
    }

    private int FirstFrom(string word)
    {
        var place = Array.BinarySearch(_words, word, StringComparer.Ordinal);
        return place < 0 ? ~place : place;
    }

    /// <summary>The next run of letters and digits; empty at the end.</summary>
    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> text)
    {
        var start = 0;
        while (start < text.Length && !char.IsLetterOrDigit(text[start])) start++;
        var end = start;
        while (end < text.Length && char.IsLetterOrDigit(text[end])) end++;
        var word = text[start..end];
        text = text[end..];
        return word;
    }
}
