using DocExchange.Axis.Calls;
using DocExchange.Core.Parties;
using DocExchange.Core.Parties.Import;

namespace DocExchange.Axis.Connector;

/// <summary>
/// The rows of an axis' directory as rows of an import, one by one while they arrive; it changes nothing. Rows name the one above them by the axis' own
/// id: those that come before it wait for it, and beside them only what changes is held.
/// </summary>
internal sealed class AxisRows(string axis, PartyBook book, DateTimeOffset now)
{
    private static readonly IReadOnlyList<AgencyColumn> Columns = [.. new[] { "code", "name", "parent", "route", "aliases", "mail", "validTo" }.Select(name => AgencyColumn.Named(name)!)];

    private readonly ImportPlanner _planner = new(book.Directory, endMissing: true, now);
    private readonly Dictionary<string, string> _codes = new(StringComparer.Ordinal);
    private readonly List<(AgencyItem Item, int Line)> _waiting = [];

    /// <summary>Rows so far.</summary>
    public int Count { get; private set; }

    public void Add(AgencyItem item)
    {
        Count++;
        var known = book.Directory.Find(item.Code);
        // The code as the directory holds it is one text for both.
        if (item.Id.Length > 0) _codes.TryAdd(item.Id, known?.Code ?? item.Code);
        if (!IsOurs(known, item)) return;
        if (item.ParentId.Length == 0 || _codes.ContainsKey(item.ParentId)) _planner.Add(RowOf(known, item, Count));
        else _waiting.Add((item, Count));
    }

    /// <summary>When the list has come to its end.</summary>
    public DirectoryDifference Finish()
    {
        foreach (var (item, line) in _waiting) _planner.Add(RowOf(book.Directory.Find(item.Code), item, line));
        return _planner.Finish();
    }

    /// <summary>False for what is not this connection's to change: own units, and bodies reached another way.</summary>
    private bool IsOurs(Agency? known, AgencyItem item) => known is null ? !item.IsDeleted : known.Axis == axis;

    private ImportRow RowOf(Agency? known, AgencyItem item, int line)
    {
        var code = known?.Code ?? item.Code;
        var parent = _codes.GetValueOrDefault(item.ParentId, "");
        var aliases = known?.Aliases ?? [];
        if (item.OldCode.Length > 0 && !aliases.Contains(item.OldCode, StringComparer.OrdinalIgnoreCase) && book.Directory.Find(item.OldCode) is null && item.OldCode != item.Code)
            aliases = [.. aliases, item.OldCode];
        return new ImportRow(line, Columns,
            [code, item.Name, parent == code ? "" : parent, AgencyEntry.AxisPrefix + axis, string.Join(' ', aliases), item.Mail, EndOf(known, item)]);
    }

    /// <summary>An end that is known, or planned, stays; what was ended and is listed again is revived.</summary>
    private string EndOf(Agency? known, AgencyItem item)
    {
        var end = item.IsDeleted ? known?.ValidTo ?? now : known?.ValidTo > now ? known.ValidTo : null;
        return end is { } at ? at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffK") : "";
    }
}
