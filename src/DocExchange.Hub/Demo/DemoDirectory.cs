using DocExchange.Core.Parties;

namespace DocExchange.Hub.Demo;

/// <summary>The organisations of the demonstration: one province with units, and some bodies outside it.</summary>
internal static class DemoDirectory
{
    public sealed record Entry(string Code, string Name, AgencyKind Kind, string? Parent, IReadOnlyList<string> Aliases);

    /// <summary>Reached through the peer also where there is an axis.</summary>
    public const string BehindPeer = "000.00.00.A80";

    public static readonly IReadOnlyList<Entry> Agencies =
    [
        Local("H30", "UBND tỉnh (mẫu)", null, "000.00.00.H30"),
        Local("H30.01", "Văn phòng UBND tỉnh (mẫu)", "H30", "000.00.01.H30"),
        Local("H30.12", "Sở Tư pháp (mẫu)", "H30", "000.00.12.H30"),
        Local("H30.12.05", "Phòng Hành chính Sở Tư pháp (mẫu)", "H30.12", "000.05.12.H30"),
        Local("H30.13", "Sở Y tế (mẫu)", "H30", "000.00.13.H30"),
        External("G22", "Văn phòng Chính phủ (mẫu)", "000.00.00.G22"),
        External("G12", "Bộ Tài chính (mẫu)", "000.00.00.G12"),
        External("G14", "Bộ Thông tin và Truyền thông (mẫu)", "000.00.00.G14"),
        External("G17", "Bộ Xây dựng (mẫu)", "000.00.00.G17"),
        External("H14", "UBND tỉnh Cao Bằng (mẫu)", "000.00.00.H14"),
        External("H17", "UBND thành phố Đà Nẵng (mẫu)", "000.00.00.H17"),
        new("H17.22.28", "UBND xã Hòa Sơn (mẫu)", AgencyKind.External, "H17", ["28.22.H17"]),
        External("H41", "UBND tỉnh Nghệ An (mẫu)", "000.00.00.H41"),
        External("H46", "UBND tỉnh Quảng Bình (mẫu)", "000.00.00.H46"),
        External(BehindPeer, "UBND xã Hòa Tiến (mẫu)"),
        External("020100000001", "Tập đoàn Mẫu"),
    ];

    private static Entry Local(string code, string name, string? parent, string alias) => new(code, name, AgencyKind.Local, parent, [alias]);

    private static Entry External(string code, string name, params string[] aliases) => new(code, name, AgencyKind.External, null, aliases);
}
