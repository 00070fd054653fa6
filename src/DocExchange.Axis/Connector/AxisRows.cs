using DocExchange.Axis.Calls;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Parties;
using DocExchange.Core.Parties.Import;

namespace DocExchange.Axis.Connector;

/// <summary>
/// The rows of an axis' directory as rows of an import, one by one while they arrive; it changes nothing. Rows name the one above them by the axis' own
/// id: those that come before it wait for it, and beside them only what changes is held. A value that cannot be used costs neither its unit nor those below it.
/// </summary>
/// <param name="hasParents">False for a list that does not say what belongs below what: that stays as it is.</param>
internal sealed class AxisRows(string axis, PartyBook book, DateTimeOffset now, bool hasParents)
{
    private static readonly AgencyEntry Nobody = new("", "");

    private readonly IReadOnlyList<AgencyColumn> _columns =
        [AgencyColumn.Code, AgencyColumn.Named("name")!, AgencyColumn.Named("route")!, AgencyColumn.Aliases, AgencyColumn.Mail, AgencyColumn.ValidTo, .. hasParents ? [AgencyColumn.Parent] : (AgencyColumn[])[]];

    private readonly ImportPlanner _planner = new(book.Directory, endMissing: true, now);
    private readonly Dictionary<string, string> _codes = new(StringComparer.Ordinal);
    private readonly List<(AgencyItem Item, int Line)> _waiting = [];
    private readonly HashSet<string> _newAliases = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>Values that could not be used and were left out, or cut to what can be.</summary>
    public int LeftOut { get; private set; }

    /// <summary>The first of them, as code and field; null when there was none.</summary>
    public string? FirstLeftOut { get; private set; }

    public void Add(AgencyItem item)
    {
        Count++;
        var known = book.Directory.Find(item.Code);
        // The code as the directory holds it is one text for both. Below a code that is none nobody can be.
        if (item.Id.Length > 0 && (known is not null || AgencyCode.TryParse(item.Code, out _))) _codes.TryAdd(item.Id, known?.Code ?? item.Code);
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
        string[] cells = [code, NameOf(known, item), AgencyEntry.AxisPrefix + axis, string.Join(' ', AliasesOf(known, item)), MailOf(known, item), EndOf(known, item)];
        return new ImportRow(line, _columns, hasParents ? [.. cells, ParentOf(known, item, code)] : cells);
    }

    private string NameOf(Agency? known, AgencyItem item)
    {
        var name = AgencyEntry.NameIn(item.Name);
        if (name != item.Name.Trim() || name.Length == 0) LeaveOut(item, "name");
        return name.Length > 0 ? name : known?.Name ?? item.Code;
    }

    /// <summary>A row whose one above does not come stays where it is.</summary>
    private string ParentOf(Agency? known, AgencyItem item, string code)
    {
        if (item.ParentId.Length == 0) return "";
        var parent = _codes.GetValueOrDefault(item.ParentId) ?? (known?.ParentId is { } id ? book.Directory.Find(id)?.Code : null) ?? "";
        return parent == code ? "" : parent;
    }

    private string MailOf(Agency? known, AgencyItem item)
    {
        if (AgencyColumn.Mail.Set(Nobody, item.Mail) is not null) return item.Mail;
        LeaveOut(item, "mail");
        return known?.Mail ?? "";
    }

    private IReadOnlyList<string> AliasesOf(Agency? known, AgencyItem item)
    {
        var aliases = known?.Aliases ?? [];
        if (string.IsNullOrWhiteSpace(item.OldCode)) return aliases;
        if (!AgencyCode.TryParse(item.OldCode, out var old)) return Without();
        if (old.Value.Equals(item.Code.Trim(), StringComparison.OrdinalIgnoreCase) || book.Directory.Find(old.Value) is not null) return aliases;
        IReadOnlyList<string> more = [.. aliases, old.Value];
        return AgencyColumn.Aliases.Set(Nobody, string.Join(' ', more)) is not null && _newAliases.Add(old.Value) ? more : Without();

        IReadOnlyList<string> Without()
        {
            LeaveOut(item, "oldCode");
            return aliases;
        }
    }

    private void LeaveOut(AgencyItem item, string field)
    {
        LeftOut++;
        FirstLeftOut ??= $"{item.Code}: {field}";
    }

    /// <summary>An end that is known, or planned, stays; what was ended and is listed again is revived.</summary>
    private string EndOf(Agency? known, AgencyItem item)
    {
        var end = item.IsDeleted ? known?.ValidTo ?? now : known?.ValidTo > now ? known.ValidTo : null;
        return end is { } at ? at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffK") : "";
    }
}
