using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Problems;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>
/// Nonces and signatures of the messages that could still be replayed: what is older than the window is refused by its time. Only what was
/// authenticated is remembered, so that nobody else can fill it. What an earlier run has seen is refused too (decisions/0049): a message made
/// before this start by its time, one that lay ahead of the clock then by its mark in the file.
/// </summary>
internal sealed class SeenMessages
{
    private readonly TimeProvider _time;
    private readonly SeenFile _file;
    private readonly DateTimeOffset _started;
    private readonly Lock _gate = new();
    private HashSet<UInt128> _now;
    private HashSet<UInt128> _before = [];
    private long _began;

    /// <summary>To be made when the hub starts, after it has locked its folder and before it listens.</summary>
    public SeenMessages(TimeProvider time, SeenFile file)
    {
        (_time, _file, _started, _began) = (time, file, time.GetUtcNow(), time.GetTimestamp());
        _now = [.. file.Take(_started)];
    }

    /// <summary>Null the first time; why the message does not count otherwise.</summary>
    /// <param name="mark">What tells this message from any other.</param>
    /// <param name="created">When it was made, by its own word; within <see cref="SoapSecurity.Window"/>.</param>
    /// <param name="what">What makes it fresh, for the refusal.</param>
    public Problem? Take(string mark, DateTimeOffset created, string what)
    {
        if (created < _started) return new Problem(ProblemCatalogue.MessageBeforeStart, what);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(mark), hash);
        var key = BinaryPrimitives.ReadUInt128BigEndian(hash);
        lock (_gate)
        {
            // A message may lie as far ahead as behind, so it can come again for twice the window.
            if (_time.GetElapsedTime(_began) > SoapSecurity.Window * 2)
            {
                (_before, _now, _began) = (_now, [], _time.GetTimestamp());
                _file.Take(_time.GetUtcNow());
            }
            if (_before.Contains(key) || !_now.Add(key)) return SoapSecurity.NotFresh(what);
            if (created > _time.GetUtcNow()) _file.Add(created, key);
            return null;
        }
    }
}
