using System.Formats.Asn1;

namespace DocExchange.Core.Signing.Cms;

/// <param name="Parameters">As encoded; null when absent.</param>
internal sealed record AlgorithmIdentifier(string Oid, ReadOnlyMemory<byte>? Parameters)
{
    public static AlgorithmIdentifier Read(AsnReader from)
    {
        var sequence = from.ReadSequence();
        var oid = sequence.ReadObjectIdentifier();
        return new AlgorithmIdentifier(oid, sequence.HasData ? sequence.ReadEncodedValue() : (ReadOnlyMemory<byte>?)null);
    }
}
