using DocExchange.Core.Routing;

namespace DocExchange.Core.Parties.Import;

/// <summary>What rows may say of other agencies: parents and successors exist and lead somewhere, nobody's code is taken twice.</summary>
internal sealed class RowJudge(AgencyDirectory directory, Dictionary<string, PlannedRow> rows)
{
    private const int Deepest = 16;

    /// <summary>One finding for each wrong row.</summary>
    public List<RowProblem> FindWrong()
    {
        var aliases = new Dictionary<string, PlannedRow>(StringComparer.OrdinalIgnoreCase);
        var found = new List<RowProblem>();
        foreach (var row in rows.Values)
        {
            var problem = WrongParent(row) ?? WrongSuccessor(row) ?? WrongAlias(row, aliases) ?? WrongPeriod(row);
            if (problem is not null) found.Add(problem);
        }
        return found;
    }

    private RowProblem? WrongParent(PlannedRow row)
    {
        if (row.Entry.Parent is not { } parent) return null;
        if (!Exists(parent)) return Of(row, "parent", $"There is no agency {parent}, neither in the directory nor in the file.", $"Không có cơ quan {parent} trong danh bạ cũng như trong tệp.");
        var next = CodeOf(parent);
        for (var steps = 0; next is not null; steps++)
        {
            if (steps == Deepest || next.Equals(row.Entry.Code, StringComparison.OrdinalIgnoreCase))
            {
                return Of(row, "parent", "The agency would be a unit of itself, or more than 16 levels deep.", "Cơ quan sẽ trực thuộc chính mình hoặc sâu hơn 16 cấp.");
            }
            next = rows.TryGetValue(next, out var above) ? CodeOf(above.Entry.Parent) : directory.Find(next)?.ParentId is { } id ? directory.Find(id)?.Code : null;
        }
        return null;
    }

    private RowProblem? WrongSuccessor(PlannedRow row)
    {
        if (row.Entry.Successor is not { } successor) return null;
        if (!Exists(successor)) return Of(row, "successor", $"There is no agency {successor}, neither in the directory nor in the file.", $"Không có cơ quan {successor} trong danh bạ cũng như trong tệp.");
        var next = CodeOf(successor);
        for (var steps = 0; next is not null; steps++)
        {
            if (steps == Deepest || next.Equals(row.Entry.Code, StringComparison.OrdinalIgnoreCase))
            {
                return Of(row, "successor", "The successors lead in a circle, or over more than 16 agencies.", "Các cơ quan kế thừa tạo thành vòng hoặc dài hơn 16 bước.");
            }
            next = rows.TryGetValue(next, out var after) ? CodeOf(after.Entry.Successor) : directory.Find(next)?.SuccessorId is { } id ? directory.Find(id)?.Code : null;
        }
        return null;
    }

    private RowProblem? WrongAlias(PlannedRow row, Dictionary<string, PlannedRow> taken)
    {
        foreach (var alias in row.Entry.Aliases ?? [])
        {
            var owner = rows.ContainsKey(alias) ? alias : Owner(alias);
            if (owner is null || !owner.Equals(row.Entry.Code, StringComparison.OrdinalIgnoreCase))
            {
                if (owner is null && !taken.TryAdd(alias, row)) owner = taken[alias].Entry.Code;
                if (owner is null) continue;
                return Of(row, "aliases", $"The code {alias} belongs to {owner}.", $"Mã {alias} thuộc về {owner}.");
            }
            taken.TryAdd(alias, row);
        }
        return null;
    }

    private static RowProblem? WrongPeriod(PlannedRow row) => row.Entry.ValidFrom is { } from && row.Entry.ValidTo is { } to && to <= from
        ? Of(row, "validTo", "The agency would end before it begins.", "Cơ quan kết thúc trước khi bắt đầu.")
        : null;

    /// <summary>Who has this alias now and keeps it: an agency whose row no longer names it gives it up.</summary>
    private string? Owner(string alias)
    {
        if (directory.Find(alias) is not { } owner) return null;
        var isGivenUp = !owner.Code.Equals(alias, StringComparison.OrdinalIgnoreCase) && rows.TryGetValue(owner.Code, out var row)
            && !(row.Entry.Aliases ?? []).Contains(alias, StringComparer.OrdinalIgnoreCase);
        return isGivenUp ? null : owner.Code;
    }

    private bool Exists(string code) => rows.ContainsKey(code) || directory.Find(code) is not null;

    private string? CodeOf(string? code) => code is null || rows.ContainsKey(code) ? code : directory.Find(code)?.Code;

    private static RowProblem Of(PlannedRow row, string field, string english, string vietnamese) => new(row.Line, row.Entry.Code, field, english, vietnamese);
}
