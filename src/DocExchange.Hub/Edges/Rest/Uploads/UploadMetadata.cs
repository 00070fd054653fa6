using System.Text;

namespace DocExchange.Hub.Edges.Rest.Uploads;

/// <summary>Upload-Metadata of tus: keys with base64 values, separated by commas.</summary>
/// <param name="To">Narrows delivery to these codes; null = everybody in the package.</param>
/// <param name="Digest">SHA-256 of the file, announced as 64 hex digits under <c>sha256</c>; null when it was not.</param>
internal sealed record UploadMetadata(IReadOnlyList<string>? To, byte[]? Digest)
{
    /// <summary>False when it cannot be read. Keys this hub does not know, such as filename, are passed over.</summary>
    public static bool TryParse(string text, out UploadMetadata metadata)
    {
        metadata = new UploadMetadata(null, null);
        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = pair.Split(' ', 2);
            var bytes = new byte[pair.Length];
            if (!Convert.TryFromBase64String(parts.Length == 2 ? parts[1] : "", bytes, out var length)) return false;
            var value = Encoding.UTF8.GetString(bytes, 0, length);
            if (parts[0] == "to")
            {
                metadata = metadata with { To = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) };
            }
            else if (parts[0] == "sha256")
            {
                if (value.Length != 64 || !value.All(char.IsAsciiHexDigit)) return false;
                metadata = metadata with { Digest = Convert.FromHexString(value) };
            }
        }
        return true;
    }
}
