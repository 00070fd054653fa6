using DocExchange.IntegrationTests.Durability.Tracing;

namespace DocExchange.IntegrationTests.Durability.PowerCuts;

/// <summary>What a name may point to.</summary>
internal abstract class DiskNode;

internal sealed class DiskDirectory(string path) : DiskNode
{
    /// <summary>The path it was made under, for messages.</summary>
    public string Path { get; } = path;

    public Dictionary<string, DiskNode> Durable { get; } = new(StringComparer.Ordinal);

    /// <summary>What the running process sees.</summary>
    public Dictionary<string, DiskNode> Seen { get; } = new(StringComparer.Ordinal);
}

/// <summary>A file in two layers: the bytes that would survive, and the changes given to the system since.</summary>
internal sealed class DiskFile : DiskNode
{
    private readonly GrowingBytes durable = new();
    private readonly List<FileChange> pending = [];

    /// <summary>The size the running process sees.</summary>
    public long SeenSize { get; private set; }

    public IReadOnlyList<FileChange> Pending => pending;

    public static DiskFile WithDurable(byte[] content)
    {
        var file = new DiskFile { SeenSize = content.Length };
        file.durable.Write(0, content);
        return file;
    }

    public void Write(SyscallEvent cause, long offset, ReadOnlyMemory<byte> data)
    {
        var at = offset < 0 ? SeenSize : offset;
        pending.Add(new FileChange(cause, at, data, NewSize: -1));
        SeenSize = Math.Max(SeenSize, at + data.Length);
    }

    public void Resize(SyscallEvent cause, long size)
    {
        pending.Add(new FileChange(cause, 0, default, size));
        SeenSize = size;
    }

    /// <summary>Makes durable what had returned before the sync was asked for. A change that met a failed sync stays lost for every later one.</summary>
    public void Synced(FileSynced sync)
    {
        if (sync.Failed)
        {
            foreach (var change in pending)
            {
                change.Abandoned = true;
            }

            return;
        }

        pending.RemoveAll(change =>
        {
            var covered = !change.Abandoned && change.Cause.End < sync.Begin;
            if (covered)
            {
                change.ApplyTo(durable);
            }

            return covered;
        });
    }

    /// <summary>One content a power cut may leave: each pending change kept, torn at 512-byte borders or dropped, the size kept or lost.</summary>
    public byte[] AfterCut(Random chance, double keep, List<string> lost)
    {
        var content = durable.Copy();
        if (pending.Count == 0)
        {
            return content.ToArray();
        }

        foreach (var change in pending)
        {
            if (chance.NextDouble() < keep)
            {
                change.ApplyTo(content);
            }
            else if (change.NewSize < 0 && chance.Next(3) == 0)
            {
                change.ApplyTornTo(content, chance);
                lost.Add("torn " + change.Cause);
            }
            else
            {
                lost.Add("dropped " + change.Cause);
            }
        }

        switch (chance.Next(8))
        {
            case 0 when content.Length > durable.Length:
                content.Resize(durable.Length);
                lost.Add($"the growth of a file to {content.Length} bytes");
                break;
            case 1 when content.Length < SeenSize:
                content.Resize(SeenSize);
                lost.Add($"nothing of the size {SeenSize}, but bytes under it");
                break;
        }

        return content.ToArray();
    }
}

/// <summary>A write, or with <paramref name="NewSize"/> a change of size.</summary>
internal sealed record FileChange(SyscallEvent Cause, long Offset, ReadOnlyMemory<byte> Data, long NewSize)
{
    private const int Sector = 512;

    /// <summary>A sync of it failed: the system has marked its pages clean, no later sync writes them.</summary>
    public bool Abandoned { get; set; }

    public void ApplyTo(GrowingBytes content)
    {
        if (NewSize >= 0)
        {
            content.Resize(NewSize);
        }
        else
        {
            content.Write(Offset, Data.Span);
        }
    }

    public void ApplyTornTo(GrowingBytes content, Random chance)
    {
        for (var from = 0; from < Data.Length;)
        {
            var to = Math.Min(Data.Length, from + Sector - (int)((Offset + from) % Sector));
            if (chance.Next(2) == 0)
            {
                content.Write(Offset + from, Data.Span[from..to]);
            }

            from = to;
        }
    }
}
