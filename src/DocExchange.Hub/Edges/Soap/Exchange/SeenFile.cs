using System.Buffers.Binary;
using DocExchange.Core;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>
/// The marks of messages whose time lay ahead of the hub's clock, durable: alone their time would not tell the next start that they came before
/// it. Records of 24 bytes, the message's time in UTC ticks and its mark; it means something for as long as such a message is fresh.
/// </summary>
internal sealed class SeenFile(HubOptions options)
{
    public const string Name = "soap-seen";
    private const int RecordBytes = 24;

    private readonly string _path = Path.Combine(options.Data, Name);

    /// <summary>What was written, a record that a crash cut short apart; leaves a file with those from <paramref name="from"/> on.</summary>
    public IReadOnlyList<UInt128> Take(DateTimeOffset from)
    {
        if (!File.Exists(_path)) return [];
        var bytes = File.ReadAllBytes(_path).AsSpan();
        var (marks, left) = (new List<UInt128>(), new List<byte>());
        for (; bytes.Length >= RecordBytes; bytes = bytes[RecordBytes..])
        {
            if (BinaryPrimitives.ReadInt64BigEndian(bytes) < from.UtcTicks) continue;
            marks.Add(BinaryPrimitives.ReadUInt128BigEndian(bytes[8..]));
            left.AddRange(bytes[..RecordBytes]);
        }
        DurableFile.Write(_path, left.ToArray());
        return marks;
    }

    /// <summary>Durable when this returns.</summary>
    public void Add(DateTimeOffset created, UInt128 mark)
    {
        Span<byte> record = stackalloc byte[RecordBytes];
        BinaryPrimitives.WriteInt64BigEndian(record, created.UtcTicks);
        BinaryPrimitives.WriteUInt128BigEndian(record[8..], mark);
        if (!File.Exists(_path)) DurableFile.Write(_path, []);
        using var file = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.Write(file, record, RandomAccess.GetLength(file) / RecordBytes * RecordBytes);
        DurableFile.SyncFile(file);
    }
}
