using System.Text;
using System.Text.Json;

namespace DocExchange.Axis.Protocol;

/// <summary>Makes the headers of one call as the SDK does. Unlike the SDK's, it carries nothing over from earlier calls.</summary>
public static class SignedCall
{
    /// <summary>
    /// All <c>XroadVnpt-*</c> headers for a call. Values of null are left out.
    /// </summary>
    /// <exception cref="ArgumentException">A value is not printable ASCII: HTTP clients and servers mutilate it, and the call could not be verified.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Headers(
        string systemId, ReadOnlySpan<byte> secretUtf8, DateTimeOffset now, string contentType, params IEnumerable<(string Name, string? Value)> values)
    {
        var headers = new List<KeyValuePair<string, string>>(16);
        Add(headers, VxpNames.SystemId, systemId);
        foreach (var (name, value) in values)
            if (value is not null) Add(headers, name, value);
        Add(headers, VxpNames.Timestamp, VxpTimes.Timestamp(now));
        Add(headers, VxpNames.ContentType, contentType);

        var text = SignText(headers);
        var keys = string.Join(';', headers.Select(header => header.Key[VxpNames.HeaderPrefix.Length..]));
        headers.Add(new(VxpNames.SignHeaderKey, keys));
        headers.Add(new(VxpNames.SignHeader, Encoding.ASCII.GetString(text)));
        headers.Add(new(VxpNames.HashHeader, HeaderSignature.Compute(secretUtf8, text)));
        headers.Add(new(VxpNames.VersionHeader, VxpNames.Version));
        return headers;
    }

    /// <summary>The <c>to</c> value: always an array, also for one receiver.</summary>
    public static string Recipients(IEnumerable<string> codes) => JsonSerializer.Serialize(codes);

    private static void Add(List<KeyValuePair<string, string>> headers, string name, string value)
    {
        if (value.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0)
            throw new ArgumentException($"The value \"{name}\" may hold printable ASCII characters only.", nameof(value));
        headers.Add(new(VxpNames.HeaderPrefix + name, value));
    }

    private static byte[] SignText(List<KeyValuePair<string, string>> headers)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            foreach (var (name, value) in headers) json.WriteString(name, value);
            json.WriteEndObject();
        }
        return text.ToArray();
    }
}
