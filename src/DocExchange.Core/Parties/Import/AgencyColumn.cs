namespace DocExchange.Core.Parties.Import;

/// <summary>One column of a file of agencies, a member of the same name in JSON: how it is written and how it is read.</summary>
/// <param name="Name">As the header row writes it.</param>
/// <param name="Text">The value as a table shows it; empty for none.</param>
/// <param name="Set">The entry with the value of this text; null when the text is none for this column.</param>
/// <param name="English">What belongs there, for the person whose text was none.</param>
public sealed record AgencyColumn(string Name, Func<AgencyEntry, string> Text, Func<AgencyEntry, string, AgencyEntry?> Set, string English, string Vietnamese)
{
    /// <summary>Characters of a name at most.</summary>
    public const int LongestName = 500;

    private const string CodeEnglish = "an organisation code such as H30.12, at most four groups and 35 characters";
    private const string CodeVietnamese = "mã định danh như H30.12, tối đa bốn nhóm và 35 ký tự";
    private const string TimeEnglish = "a date such as 2025-07-01, 01/07/2025 or 2025-07-01T00:00:00+07:00";
    private const string TimeVietnamese = "ngày như 2025-07-01, 01/07/2025 hoặc 2025-07-01T00:00:00+07:00";

    public static readonly AgencyColumn Code = new("code", e => e.Code, (e, t) => EntryText.Code(t) is { } code ? e with { Code = code } : null, CodeEnglish, CodeVietnamese);

    public static readonly AgencyColumn Parent = new("parent", e => e.Parent ?? "", (e, t) => EntryText.Code(t, out var code) ? e with { Parent = code } : null, CodeEnglish, CodeVietnamese);

    public static readonly AgencyColumn Successor = new("successor", e => e.Successor ?? "", (e, t) => EntryText.Code(t, out var code) ? e with { Successor = code } : null, CodeEnglish, CodeVietnamese);

    public static readonly AgencyColumn Aliases = new("aliases", e => EntryText.Write(e.Aliases), (e, t) => EntryText.Codes(t) is { } codes ? e with { Aliases = codes } : null,
        "codes with spaces between them, at most 20", "các mã cách nhau bằng dấu cách, tối đa 20");

    public static readonly AgencyColumn Mail = new("mail", e => e.Mail ?? "", (e, t) => EntryText.Mail(t, out var mail) ? e with { Mail = mail } : null, "a mail address", "địa chỉ thư điện tử");

    public static readonly AgencyColumn ValidTo = new("validTo", e => EntryText.Write(e.ValidTo), (e, t) => EntryText.Time(t, out var time) ? e with { ValidTo = time } : null, TimeEnglish, TimeVietnamese);

    /// <summary>In the order in which files are written.</summary>
    public static readonly IReadOnlyList<AgencyColumn> All =
    [
        Code,
        new("name", e => e.Name, (e, t) => EntryText.Name(t) is { } name ? e with { Name = name } : null, "a name of 1 to 500 characters that does not begin with =, +, - or @", "tên dài từ 1 đến 500 ký tự, không bắt đầu bằng =, +, - hoặc @"),
        Parent,
        new("kind", e => e.Kind, (e, t) => EntryText.Kind(t) is { } kind ? e with { Kind = kind } : null, "local or external", "local hoặc external"),
        new("route", e => e.Route, (e, t) => EntryText.Route(t) is { } route ? e with { Route = route } : null,
            "local, or axis: and the connection's name, such as axis:national", "local, hoặc axis: và tên kết nối, ví dụ axis:national"),
        Aliases,
        new("validFrom", e => EntryText.Write(e.ValidFrom), (e, t) => EntryText.Time(t, out var time) ? e with { ValidFrom = time } : null, TimeEnglish, TimeVietnamese),
        ValidTo,
        Successor,
        new("lockedSince", e => EntryText.Write(e.LockedSince), (e, t) => EntryText.Time(t, out var time) ? e with { LockedSince = time } : null, TimeEnglish, TimeVietnamese),
        Mail,
        new("refuseRepeatedNumber", e => e.RefuseRepeatedNumber ? "true" : "false", (e, t) => EntryText.Flag(t) is { } flag ? e with { RefuseRepeatedNumber = flag } : null, "true or false", "true hoặc false"),
        new("focalPoints", e => EntryText.Write(e.FocalPoints), (e, t) => EntryText.FocalPoints(t) is { } people ? e with { FocalPoints = people } : null,
            "name|role|mail|phone, several people separated by semicolons, at most 10", "họ tên|chức vụ|thư điện tử|điện thoại, nhiều người cách nhau bằng dấu chấm phẩy, tối đa 10"),
    ];

    /// <summary>The column of that name, letters' case aside; null for none.</summary>
    public static AgencyColumn? Named(string name) => All.FirstOrDefault(c => c.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
}
