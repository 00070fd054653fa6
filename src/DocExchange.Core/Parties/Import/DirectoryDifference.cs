using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DocExchange.Core.Parties.Import;

public enum AgencyChangeKind { Added, Changed, Ended, Revived }

/// <summary>What an import does to one entry.</summary>
/// <param name="Before">The entry as it was when the difference was made; null for a new one.</param>
/// <param name="Fields">What differs, in the order of the columns; empty for a new one.</param>
public sealed record AgencyChange(AgencyChangeKind Kind, Agency? Before, AgencyEntry After, IReadOnlyList<FieldChange> Fields)
{
    /// <summary>It ends because the file lacks it, and not because the file says so.</summary>
    public bool IsMissing { get; init; }
}

/// <summary>One field of one entry, as text.</summary>
public sealed record FieldChange(string Field, string Before, string After);

/// <summary>What a file would change, made without changing anything.</summary>
/// <param name="Changes">In the order they are applied: a parent before its units, then by code.</param>
/// <param name="Wrong">Rows that cannot be used, in the file's order.</param>
/// <param name="Compared">Entries of the routes the file speaks of, in force: what <c>missing=end</c> compares with.</param>
/// <param name="Missing">How many of the changes end an entry because the file lacks it.</param>
public sealed record DirectoryDifference(IReadOnlyList<AgencyChange> Changes, int Unchanged, IReadOnlyList<RowProblem> Wrong, int Compared, int Missing)
{
    private static readonly JsonSerializerOptions Spelling = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public int Count(AgencyChangeKind kind) => Changes.Count(c => c.Kind == kind);

    /// <summary>An import that ends more than a tenth of what it is compared with is more likely a cut-off file than a reform.</summary>
    public bool EndsTooMany => Missing > 10 && Missing > Compared / 10;

    /// <summary>SHA-256 of the entries as they become, one JSON text a line: what the log witnesses of a change set.</summary>
    public static byte[] DigestOf(IEnumerable<AgencyChange> changes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var change in changes)
        {
            hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(change.After, Spelling));
            hash.AppendData("\n"u8);
        }
        return hash.GetHashAndReset();
    }

    /// <summary>Names this difference: another file, or another directory in between, has another one.</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(DigestOf(Changes));
        foreach (var change in Changes) hash.AppendData(Encoding.UTF8.GetBytes($"{change.Kind} {change.Before?.Changed}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
