using System.Globalization;
using DocExchange.Core.Delivery;

namespace DocExchange.Storage.Sqlite;

/// <summary>
/// Public ids made of an epoch's random tag and a number: 8 + 16 hex digits, so that they stay unique when a restored folder counts on
/// from an older number. The number alone, epoch ordinal above 40 bits, stays below 2^53.
/// </summary>
internal sealed class EpochIds(IReadOnlyDictionary<int, string> tags, int current, RestoreMark? restored = null)
{
    private const int OrdinalShift = 40;

    public long FirstNumber => FirstOf(current);

    /// <summary>The last restore; null when there was none.</summary>
    public RestoreMark? Restored => restored;

    public string CurrentTag => tags[current];

    /// <summary>The numbers of each epoch, oldest first: from the first up to and without the last.</summary>
    public IEnumerable<(long First, long End)> Spans() => tags.Keys.Order().Select(ordinal => (FirstOf(ordinal), FirstOf(ordinal + 1)));

    public string Document(long number) => tags[(int)(number >> OrdinalShift)] + number.ToString("x16", CultureInfo.InvariantCulture);

    public string Receipt(long index) => "r" + Document(index);

    /// <summary>
    /// A copy of an earlier epoch that nothing has happened to since the restore: it may have been fetched or answered after the backup was
    /// taken, so its recipient may have it already.
    /// </summary>
    public bool IsInDoubt(long document, DeliveryState state, DateTimeOffset updated) =>
        restored is not null && document < restored.First && updated < restored.At && state is (DeliveryState.Available or DeliveryState.Fetched);

    /// <summary>A delivery's id as its mailbox lists it.</summary>
    public string Item(long document, int ordinal) => Document(document) + ordinal.ToString("x4", CultureInfo.InvariantCulture);

    /// <summary>The number inside a public id; false for anything this store did not make.</summary>
    public bool TryParse(ReadOnlySpan<char> id, out long number)
    {
        number = 0;
        return id.Length == 24
            && long.TryParse(id[8..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            && number > 0
            && tags.TryGetValue((int)(number >> OrdinalShift), out var tag)
            && id[..8].SequenceEqual(tag);
    }

    public bool TryParseItem(string id, out long document, out int ordinal)
    {
        (document, ordinal) = (0, 0);
        return id.Length == 28
            && TryParse(id.AsSpan(0, 24), out document)
            && int.TryParse(id.AsSpan(24), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ordinal);
    }

    public bool TryParseReceipt(string id, out long index)
    {
        index = 0;
        return id.Length == 25 && id[0] == 'r' && TryParse(id.AsSpan(1), out index);
    }

    /// <summary>The first number behind the epoch that this one belongs to.</summary>
    public static long EndOfEpoch(long number) => ((number >> OrdinalShift) + 1) << OrdinalShift;

    /// <summary>Where an epoch's numbers begin.</summary>
    public static long FirstOf(int ordinal) => (long)ordinal << OrdinalShift;

    /// <summary>Where the numbers of the epoch that begins at <paramref name="first"/> end.</summary>
    public static long EndOf(long first) => first + (1L << OrdinalShift);

    /// <summary>An index as the log of its own epoch counts it.</summary>
    public static long IndexInEpoch(long index) => index & ((1L << OrdinalShift) - 1);
}

/// <summary>The last time the folder was made of a backup.</summary>
/// <param name="First">Where the numbers of the epoch begin that it began.</param>
internal sealed record RestoreMark(long First, DateTimeOffset At);
