using System.Globalization;

namespace DocExchange.Core;

/// <summary>Asia/Ho_Chi_Minh is +07:00 all year; packages write local times without a zone (QĐ 28/2018 art. 14.4).</summary>
public static class VietnamTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(7);

    private static readonly string[] Dates = ["yyyy/MM/dd", "dd/MM/yyyy", "yyyy-MM-dd"];

    private static readonly string[] DateTimes =
        ["yyyy/MM/dd HH:mm:ss", "dd/MM/yyyy HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy/MM/dd", "dd/MM/yyyy", "yyyy-MM-dd"];

    public static DateTimeOffset Of(DateTimeOffset utc) => utc.ToOffset(Offset);

    /// <summary><c>yyyy/MM/dd HH:mm:ss</c>, as packages and lists write it.</summary>
    public static string Write(DateTimeOffset utc) => Of(utc).ToString("yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static bool TryParseDate(string? text, out DateOnly date) =>
        DateOnly.TryParseExact(text?.Trim(), Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    public static bool TryParse(string? text, out DateTimeOffset utc)
    {
        utc = default;
        if (!DateTime.TryParseExact(text?.Trim(), DateTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return false;
        utc = new DateTimeOffset(local, Offset).ToUniversalTime();
        return true;
    }
}
