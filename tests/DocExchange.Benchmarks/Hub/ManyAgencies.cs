using System.Globalization;
using System.Text;

namespace DocExchange.Benchmarks.Hub;

/// <summary>A file of agencies of national size: ministries and provinces, departments, units; two codes and a mail address each.</summary>
internal static class ManyAgencies
{
    private static readonly string[] Kinds = ["Sở Tư pháp", "Sở Y tế", "Phòng Hành chính", "Uỷ ban nhân dân xã", "Trường Trung học cơ sở", "Trạm Y tế phường", "Chi cục Thuế khu vực"];
    private static readonly string[] Places = ["Hoà Sơn", "Hoà Tiến", "Vị Thanh", "Ngã Bảy", "Châu Thành", "Phụng Hiệp", "Long Mỹ", "Tân Phú", "Bình Minh", "Đông Hải", "Yên Bái"];

    /// <param name="wave">Another one changes every name.</param>
    public static byte[] Csv(int count, int wave)
    {
        var file = new StringBuilder("code,name,parent,route,aliases,mail\n", count * 120);
        for (var i = 0; i < count; i++) file.AppendLine(Row(i, wave));
        return Encoding.UTF8.GetBytes(file.ToString());
    }

    public static string Code(int place) => place < 100 ? Root(place) : place < 5100 ? Department(place) : $"{Department(100 + (place % 5000))}.{Text(place)}";

    private static string Row(int i, int wave)
    {
        var name = $"{Kinds[i % Kinds.Length]} {Places[i % Places.Length]} {Places[i / 11 % Places.Length]} số {Text(i)}{(wave == 0 ? "" : " khoá " + Text(wave))}";
        var parent = i < 100 ? "" : i < 5100 ? Root(i % 100) : Department(100 + (i % 5000));
        return $"{Code(i)},{name},{parent},axis:national,000.{Text(i)}.T{Text(i % 100)},vanthu{Text(i)}@mau.gov.vn";
    }

    private static string Root(int i) => "T" + i.ToString("00", CultureInfo.InvariantCulture);

    private static string Department(int i) => $"{Root(i % 100)}.{Text(i)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
