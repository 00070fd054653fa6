using System.Globalization;
using DocExchange.Core;

namespace DocExchange.Axis.Protocol;

/// <summary>How times are written in signed values: Vietnam local time, without a zone.</summary>
public static class VxpTimes
{
    private const string DateTimeForm = "dd/MM/yyyy HH:mm:ss";

    /// <summary>The <c>timestamp</c> value: <c>ddMMyyyy'T'HHmmss+SSSS</c>, the part after the plus being milliseconds in four digits, not a zone.</summary>
    public static string Timestamp(DateTimeOffset at)
    {
        var local = VietnamTime.Of(at);
        return local.ToString("ddMMyyyy'T'HHmmss", CultureInfo.InvariantCulture) + "+" + local.Millisecond.ToString("0000", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads a <c>timestamp</c> value; the milliseconds behind the plus may be missing.</summary>
    public static bool TryParseTimestamp(string? text, out DateTimeOffset utc)
    {
        utc = default;
        var plus = text?.IndexOf('+', StringComparison.Ordinal) ?? -1;
        var seconds = plus < 0 ? text : text![..plus];
        if (!DateTime.TryParseExact(seconds, "ddMMyyyy'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || local.Year < 1900) return false;
        var milliseconds = plus >= 0 && int.TryParse(text.AsSpan(plus + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed < 1000 ? parsed : 0;
        utc = new DateTimeOffset(local, VietnamTime.Offset).ToUniversalTime().AddMilliseconds(milliseconds);
        return true;
    }

    /// <summary>The form of <c>fromDate</c> and <c>toDate</c>.</summary>
    public static string Bound(DateTimeOffset at) => VietnamTime.Of(at).ToString(DateTimeForm, CultureInfo.InvariantCulture);

    /// <summary>Reads <c>fromDate</c> or <c>toDate</c>; false for anything but a real date and time in that form.</summary>
    public static bool TryParseBound(string text, out DateTimeOffset utc)
    {
        utc = default;
        if (!DateTime.TryParseExact(text.Trim(), DateTimeForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return false;
        // A bound near year 1 has no UTC counterpart: it is no date of a document exchange either.
        if (local.Year < 1900) return false;
        utc = new DateTimeOffset(local, VietnamTime.Offset).ToUniversalTime();
        return true;
    }
}
