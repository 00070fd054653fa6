using System.Security.Cryptography;
using System.Text;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>
/// Nonces and signatures of the messages that could still be replayed: what is older than the window is refused by its time. Only what was
/// authenticated is remembered, so that nobody else can fill it.
/// </summary>
internal sealed class SeenMessages(TimeProvider time)
{
    private readonly Lock _gate = new();
    private HashSet<UInt128> _now = [];
    private HashSet<UInt128> _before = [];
    private long _began = time.GetTimestamp();

    /// <summary>False when it was there.</summary>
    public bool TryAdd(string mark)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(mark), hash);
        var key = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash);
        lock (_gate)
        {
            // A message may lie as far ahead as behind, so it can come again for twice the window.
            if (time.GetElapsedTime(_began) > SoapSecurity.Window * 2) (_before, _now, _began) = (_now, [], time.GetTimestamp());
            return !_before.Contains(key) && _now.Add(key);
        }
    }
}
