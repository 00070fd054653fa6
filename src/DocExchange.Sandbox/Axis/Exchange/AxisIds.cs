using System.Security.Cryptography;

namespace DocExchange.Sandbox.Axis.Exchange;

/// <summary>
/// Ids of documents and items. They differ from those of every earlier start, as a real axis' do: a system that remembers ids must not take
/// a new document for an old one.
/// </summary>
internal sealed class AxisIds(TimeProvider time)
{
    private readonly string _start = $"{time.GetUtcNow().ToUnixTimeSeconds():x8}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
    private int _count;

    public string Next(DocIdForm form)
    {
        var number = (uint)Interlocked.Increment(ref _count);
        return form == DocIdForm.Hex24 ? $"{_start}{number:x8}" : $"{_start[..8]}-{_start[8..12]}-4{_start[12..15]}-8{_start[13..16]}-0000{number:x8}";
    }
}
