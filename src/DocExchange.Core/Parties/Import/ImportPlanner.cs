using DocExchange.Core.Routing;

namespace DocExchange.Core.Parties.Import;

/// <summary>
/// Compares the rows of a file with the directory, without changing anything. Rows come in any order: what they say of each other is judged
/// when all have come. A row that changes nothing is only counted: a national list that is mostly as it was costs little memory.
/// </summary>
/// <param name="endMissing">Entries that the file lacks end now, if they are in force and of a route the file speaks of; else they stay.</param>
public sealed class ImportPlanner(AgencyDirectory directory, bool endMissing, DateTimeOffset now)
{
    private readonly Dictionary<string, PlannedRow> _rows = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, int> _unchanged = [];
    private readonly HashSet<string> _unchangedRoutes = new(StringComparer.Ordinal);
    private readonly List<RowProblem> _wrong = [];
    private readonly HashSet<string> _wrongCodes = new(StringComparer.OrdinalIgnoreCase);

    public void Add(ImportRow row)
    {
        if (row.Problem is { } unreadable)
        {
            _wrong.Add(unreadable);
            return;
        }
        var place = row.Columns.ToList().IndexOf(AgencyColumn.Code);
        var code = place < 0 ? null : AgencyColumn.Code.Set(new AgencyEntry("", ""), row.Cells[place])?.Code;
        if (code is null)
        {
            Reject(row.Line, place < 0 ? "" : row.Cells[place], "code", AgencyColumn.Code);
            return;
        }
        var owner = directory.Find(code);
        var earlier = LineOf(code, owner);
        if (earlier is not null || _wrongCodes.Contains(code))
        {
            var line = earlier?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
            Reject(new RowProblem(row.Line, code, "code", $"The code stands in the file before, on line {line}.", $"Mã này đã có trong tệp, dòng {line}."));
            return;
        }
        if (owner is not null && !owner.Code.Equals(code, StringComparison.OrdinalIgnoreCase))
        {
            Reject(new RowProblem(row.Line, code, "code", $"This is an alias of {owner.Code}; write that code.", $"Đây là mã khác của {owner.Code}; hãy ghi mã đó."));
            return;
        }
        if (Fill(row, code, owner) is not { } planned) return;
        if (owner is null || Compare(planned) is not null) _rows[code] = planned;
        else
        {
            _unchanged[owner.Id] = row.Line;
            _unchangedRoutes.Add(planned.Entry.Route);
        }
    }

    public DirectoryDifference Finish()
    {
        var judge = new RowJudge(directory, _rows);
        // A row that is wrong may leave others without their parent or successor: until no more are found.
        for (var found = judge.FindWrong(); found.Count > 0; found = judge.FindWrong())
        {
            foreach (var problem in found)
            {
                Reject(problem);
                _rows.Remove(problem.Code);
            }
        }
        var changes = new List<AgencyChange>();
        var unchanged = _unchanged.Count;
        foreach (var row in _rows.Values)
        {
            if (Compare(row) is { } change) changes.Add(change);
            else unchanged++;
        }
        var (compared, missing) = endMissing ? FindMissing() : (0, []);
        changes.AddRange(missing);
        return new DirectoryDifference(InOrder(changes), unchanged, [.. _wrong.OrderBy(p => p.Line)], compared, missing.Count);
    }

    /// <summary>How many entries in force the rows' routes have, and those of them that no row speaks of.</summary>
    private (int Compared, List<AgencyChange> Missing) FindMissing()
    {
        var routes = _rows.Values.Select(r => r.Entry.Route).Concat(_unchangedRoutes).ToHashSet(StringComparer.Ordinal);
        var compared = 0;
        var missing = new List<AgencyChange>();
        foreach (var agency in directory.All)
        {
            if (agency.ValidTo is not null || !routes.Contains(AgencyEntry.RouteOf(agency))) continue;
            compared++;
            if (!_unchanged.ContainsKey(agency.Id) && !_rows.ContainsKey(agency.Code) && !_wrongCodes.Contains(agency.Code)) missing.Add(End(AgencyEntry.Of(agency, directory)));
        }
        return (compared, missing);
    }

    /// <summary>Where the file gave this code before; null when it did not.</summary>
    private int? LineOf(string code, Agency? known) =>
        _rows.TryGetValue(code, out var row) ? row.Line : known is not null && _unchanged.TryGetValue(known.Id, out var line) ? line : null;

    private PlannedRow? Fill(ImportRow row, string code, Agency? before)
    {
        var entry = before is null ? new AgencyEntry(code, "") : AgencyEntry.Of(before, directory);
        var wrong = false;
        for (var i = 0; i < row.Columns.Count; i++)
        {
            var column = row.Columns[i];
            if (column == AgencyColumn.Code) continue;
            if (column.Set(entry, row.Cells[i]) is { } filled)
            {
                entry = filled;
                continue;
            }
            Reject(row.Line, code, column.Name, column);
            wrong = true;
        }
        if (!wrong && entry.Name.Length == 0)
        {
            Reject(row.Line, code, "name", AgencyColumn.Named("name")!);
            wrong = true;
        }
        // Behind an axis is outside the province, unless the row says otherwise.
        if (before is null && entry.Route != AgencyEntry.Local && row.Columns.All(c => c.Name != "kind")) entry = entry with { Kind = AgencyEntry.External };
        return wrong ? null : new PlannedRow(row.Line, entry, before);
    }

    private AgencyChange? Compare(PlannedRow row)
    {
        var entry = row.Entry with { Parent = Resolved(row.Entry.Parent), Successor = Resolved(row.Entry.Successor) };
        if (row.Before is not { } before) return new AgencyChange(AgencyChangeKind.Added, null, entry, []);
        return Changed(before, entry);
    }

    private AgencyChange End(AgencyEntry entry) => Changed(directory.Find(entry.Code)!, entry with { ValidTo = now })! with { IsMissing = true };

    private AgencyChange? Changed(Agency before, AgencyEntry entry)
    {
        var old = AgencyEntry.Of(before, directory);
        var fields = AgencyColumn.All.Select(c => new FieldChange(c.Name, c.Text(old), c.Text(entry))).Where(f => f.Before != f.After).ToList();
        if (fields.Count == 0) return null;
        var kind = (before.ValidTo, entry.ValidTo) switch
        {
            (null, not null) => AgencyChangeKind.Ended,
            (not null, null) => AgencyChangeKind.Revived,
            _ => AgencyChangeKind.Changed,
        };
        return new AgencyChange(kind, before, entry, fields);
    }

    /// <summary>A parent or successor named by an alias is written by its code.</summary>
    private string? Resolved(string? code) => code is null || _rows.ContainsKey(code) ? code : directory.Find(code)?.Code ?? code;

    private List<AgencyChange> InOrder(List<AgencyChange> changes)
    {
        var depths = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        return [.. changes.OrderBy(c => Depth(c.After.Code)).ThenBy(c => c.After.Code, StringComparer.Ordinal)];

        int Depth(string code)
        {
            if (depths.TryGetValue(code, out var known)) return known;
            var parent = _rows.TryGetValue(code, out var row) ? Resolved(row.Entry.Parent) : null;
            return depths[code] = parent is null ? 0 : Depth(parent) + 1;
        }
    }

    private void Reject(int line, string code, string field, AgencyColumn column) =>
        Reject(new RowProblem(line, code, field, $"Write {column.English}.", $"Hãy ghi {column.Vietnamese}."));

    private void Reject(RowProblem problem)
    {
        _wrong.Add(problem);
        _wrongCodes.Add(problem.Code);
    }
}

/// <summary>A row that can be read, with what it stands for.</summary>
internal sealed record PlannedRow(int Line, AgencyEntry Entry, Agency? Before);
