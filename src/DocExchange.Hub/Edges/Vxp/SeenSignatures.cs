using System.Globalization;

namespace DocExchange.Hub.Edges.Vxp;

/// <summary>
/// The latest signatures that came with the file they were made for, some hundred thousand of them: enough to tell a replayed call from a
/// damaged one. A signature is an HMAC, so half of one names it. Lock-free: one that is overwritten at the same moment is forgotten.
/// </summary>
public sealed class SeenSignatures
{
    private readonly ulong[] _places = new ulong[1 << 17];

    public void Add(string signature)
    {
        if (TryRead(signature, out var value)) Volatile.Write(ref PlaceOf(value), value);
    }

    public bool Contains(string signature) => TryRead(signature, out var value) && Volatile.Read(ref PlaceOf(value)) == value;

    private ref ulong PlaceOf(ulong value) => ref _places[value & (ulong)(_places.Length - 1)];

    private static bool TryRead(string signature, out ulong value)
    {
        value = 0;
        return signature.Length >= 16 && ulong.TryParse(signature.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value) && value != 0;
    }
}
