using System.Globalization;
using DocExchange.Axis.Protocol;

namespace DocExchange.Sandbox.Axis.Parties;

/// <summary>How many units the directory has beside its organisations, and which of its states it shows.</summary>
/// <param name="Count">Up to <see cref="GeneratedUnits.Most"/>.</param>
/// <param name="Revision">From 1; with each, about one unit in a thousand changes its name and one in ten thousand is deleted.</param>
public sealed record UnitSettings(int Count = 0, int Revision = 1)
{
    /// <summary>What is wrong, in a sentence; null when it can be set.</summary>
    public string? Problem() => Count is < 0 or > GeneratedUnits.Most ? $"units is from 0 to {GeneratedUnits.Most}." : Revision is < 1 or > 1000 ? "revision is from 1 to 1000." : null;
}

/// <summary>
/// A directory of national size, a function of the seed: 63 provinces T01 to T63, departments below them, units below those. Nothing of it is held in memory.
/// </summary>
internal sealed class GeneratedUnits(int seed)
{
    public const int Most = Provinces * (1 + Departments * Units);
    private const int Provinces = 63;
    private const int Departments = 99;
    private const int Units = 50;
    private const int FirstId = 1_000_000;
    private static readonly DateTimeOffset FirstDay = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public IEnumerable<AgencyRow> Rows(UnitSettings settings, bool withDeleted) =>
        Enumerable.Range(0, settings.Count).Select(index => Row(index, settings.Revision)).Where(row => withDeleted || !row.Deleted);

    /// <summary>The unit of that code, old or new, when the directory shows it.</summary>
    public AxisOrgan? Find(string code, UnitSettings settings)
    {
        var named = code.Trim().ToUpperInvariant();
        var parts = named.Split('.');
        if (parts.Length > 3) parts = [.. parts.Reverse().TakeWhile(part => !part.All(c => c == '0'))];
        if (parts.Length > 3 || parts[0].Length != 3 || parts[0][0] != 'T' || !int.TryParse(parts[0].AsSpan(1), out var province)) return null;
        var department = parts.Length > 1 && int.TryParse(parts[1], out var second) ? second : 0;
        var unit = parts.Length > 2 && int.TryParse(parts[2], out var third) ? third : 0;
        var index = department == 0 ? province - 1 : Provinces * (1 + (department - 1) * Units + unit) + province - 1;
        if (province is < 1 or > Provinces || index < 0 || index >= settings.Count || unit >= Units) return null;
        var row = Row(index, settings.Revision);
        return row.Deleted || (row.Code != named && row.OldCode != named) ? null : new AxisOrgan(row.Code, row.Name, row.OldCode);
    }

    private AgencyRow Row(int index, int revision)
    {
        var (province, rest) = (index % Provinces + 1, index / Provinces - 1);
        var (department, unit) = rest < 0 ? (0, 0) : (rest / Units + 1, rest % Units);
        var (version, changedIn, deleted) = History(index, revision);
        var parent = rest < 0 ? null : Text(FirstId + (unit == 0 ? province - 1 : Provinces * (1 + (department - 1) * Units) + province - 1));
        var code = rest < 0 ? $"T{province:00}" : unit == 0 ? $"T{province:00}.{department:00}" : $"T{province:00}.{department:00}.{unit:00}";
        var name = rest < 0 ? $"Tỉnh mẫu {province}" : unit == 0 ? $"Sở mẫu {department} tỉnh mẫu {province}" : $"Đơn vị mẫu {unit} Sở mẫu {department} tỉnh mẫu {province}";
        return new AgencyRow(
            Text(FirstId + index), parent, code, version == 1 ? name : $"{name} (đổi tên lần {version - 1})", $"{code.ToLowerInvariant()}@mau.gov.vn",
            $"000.{unit:00}.{department:00}.T{province:00}", version, $"T{province:00}", deleted, FirstDay.AddDays(changedIn - 1));
    }

    private (int Version, int ChangedIn, bool Deleted) History(int index, int revision)
    {
        var (version, changedIn) = (1, 1);
        // Provinces stay: a deleted root would take everything below it along.
        for (var r = 2; index >= Provinces && r <= revision; r++)
        {
            var draw = Draws.Fraction(Draws.Of(seed, index, r));
            if (draw >= 0.0011) continue;
            (version, changedIn) = (version + 1, r);
            if (draw < 0.0001) return (version, changedIn, true);
        }
        return (version, changedIn, false);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
