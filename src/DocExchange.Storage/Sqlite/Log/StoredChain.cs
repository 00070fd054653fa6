using System.Formats.Asn1;

namespace DocExchange.Storage.Sqlite.Log;

/// <summary>A certificate chain in one column: DER certificates one after the other, each of which says its own length.</summary>
internal static class StoredChain
{
    public static byte[] Join(IEnumerable<byte[]> chain) => [.. chain.SelectMany(certificate => certificate)];

    public static IReadOnlyList<byte[]> Split(ReadOnlySpan<byte> joined)
    {
        var reader = new AsnReader(joined.ToArray(), AsnEncodingRules.DER);
        var chain = new List<byte[]>();
        while (reader.HasData) chain.Add(reader.ReadEncodedValue().ToArray());
        return chain;
    }
}
