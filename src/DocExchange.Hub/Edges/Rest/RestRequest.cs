using System.Text;
using DocExchange.Core.Intake;
using DocExchange.Core.Problems;
using Microsoft.Extensions.Primitives;

namespace DocExchange.Hub.Edges.Rest;

/// <summary>What stands in the headers of a request beside its body.</summary>
internal static class RestRequest
{
    public const string KeyHeader = "Idempotency-Key";
    private const int LongestKey = 255;

    /// <summary>The Idempotency-Key, bare or as a quoted string; null without one.</summary>
    public static Problem? ReadKey(HttpContext http, ReadOnlyMemory<byte> parameters, out RequestKey? key)
    {
        key = null;
        var text = http.Request.Headers[KeyHeader].ToString().Trim();
        if (text.Length == 0) return http.Request.Headers.ContainsKey(KeyHeader) ? new Problem(ProblemCatalogue.RequestIncomplete, KeyHeader) : null;
        if (text.Length > 1 && text[0] == '"' && text[^1] == '"') text = text[1..^1];
        if (text.Length is 0 or > LongestKey || !text.All(c => c is >= ' ' and <= '~')) return new Problem(ProblemCatalogue.RequestIncomplete, KeyHeader);
        key = new RequestKey(text, parameters);
        return null;
    }

    /// <summary>The codes of <c>?to=</c>, repeated or separated by commas; null = everybody in the package.</summary>
    public static IReadOnlyList<string>? OnlyTo(HttpContext http)
    {
        var codes = http.Request.Query["to"].SelectMany(v => (v ?? "").Split(',')).Select(c => c.Trim()).Where(c => c.Length > 0).ToList();
        return codes.Count == 0 ? null : codes;
    }

    public static byte[] Parameters(string operation, IEnumerable<string>? values) =>
        Encoding.UTF8.GetBytes(operation + "\n" + string.Join('\n', (values ?? []).Order(StringComparer.OrdinalIgnoreCase)));

    /// <summary>
    /// The SHA-256 the caller announces: <c>Repr-Digest</c> or <c>Content-Digest</c> (RFC 9530, <c>sha-256=:base64:</c>) or the older
    /// <c>Digest</c> (RFC 3230, <c>sha-256=base64</c>). Other algorithms are passed over, as both documents ask.
    /// </summary>
    public static Problem? ReadDigest(HttpContext http, out Func<ReadOnlyMemory<byte>, bool>? check)
    {
        check = null;
        foreach (var name in (string[])["Repr-Digest", "Content-Digest", "Digest"])
        {
            foreach (var item in Items(http.Request.Headers[name]))
            {
                var equals = item.IndexOf('=', StringComparison.Ordinal);
                if (equals < 0 || !item[..equals].Trim().Equals("sha-256", StringComparison.OrdinalIgnoreCase)) continue;
                var text = item[(equals + 1)..].Trim().Trim(':');
                var digest = new byte[48];
                if (text.Length != 44 || !Convert.TryFromBase64String(text, digest, out var length) || length != 32) return new Problem(ProblemCatalogue.RequestIncomplete, name);
                check = actual => actual.Span.SequenceEqual(digest.AsSpan(0, 32));
                return null;
            }
        }
        return null;
    }

    private static IEnumerable<string> Items(StringValues header) => header.SelectMany(v => (v ?? "").Split(','));
}
