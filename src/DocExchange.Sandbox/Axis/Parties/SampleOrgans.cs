namespace DocExchange.Sandbox.Axis.Parties;

/// <summary>Organisations to write to and from; each name says that it is a sample.</summary>
public static class SampleOrgans
{
    /// <summary>Ministries and provinces of the sandbox.</summary>
    public static readonly IReadOnlyList<AxisOrgan> All =
    [
        new("G22", "Văn phòng Chính phủ (mẫu)", "000.00.00.G22"),
        new("G12", "Bộ Tài chính (mẫu)", "000.00.00.G12"),
        new("G14", "Bộ Thông tin và Truyền thông (mẫu)", "000.00.00.G14"),
        new("G17", "Bộ Xây dựng (mẫu)", "000.00.00.G17"),
        new("H14", "UBND tỉnh Cao Bằng (mẫu)", "000.00.00.H14"),
        new("H17", "UBND thành phố Đà Nẵng (mẫu)", "000.00.00.H17"),
        new("H17.22.28", "UBND xã Hòa Sơn (mẫu)", "28.22.H17", "H17"),
        new("H41", "UBND tỉnh Nghệ An (mẫu)", "000.00.00.H41"),
        new("H46", "UBND tỉnh Quảng Bình (mẫu)", "000.00.00.H46"),
        new("H53", "UBND tỉnh Tây Ninh (mẫu)", "000.00.00.H53"),
        new("020100000001", "Tập đoàn Mẫu"),
    ];

    /// <summary>The province whose hub the demonstration joins to the axis.</summary>
    public static readonly IReadOnlyList<AxisOrgan> Province =
    [
        new("H30", "UBND tỉnh (mẫu)", "000.00.00.H30"),
        new("H30.01", "Văn phòng UBND tỉnh (mẫu)", "000.00.01.H30", "H30"),
        new("H30.12", "Sở Tư pháp (mẫu)", "000.00.12.H30", "H30"),
        new("H30.12.05", "Phòng Hành chính Sở Tư pháp (mẫu)", "000.05.12.H30", "H30.12"),
        new("H30.13", "Sở Y tế (mẫu)", "000.00.13.H30", "H30"),
    ];
}
