using System.Buffers;
using System.Security.Cryptography;
using DocExchange.Core.Packages;
using DocExchange.Core.Signing.Xml;

namespace DocExchange.Core.Signing.Files;

/// <summary>The parts of an Office file (OPC or OpenDocument), hashed while they expand. Names are for finding, never paths.</summary>
internal sealed class OfficeParts
{
    private const int Piece = 64 * 1024;
    private readonly Stream _zip;
    private readonly JudgingBudget _budget;
    private readonly XmlLimits _limits;
    private readonly Dictionary<string, ZipEntry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string, HashAlgorithmName), byte[]> _digests = [];
    private long _expandable;

    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public OfficeParts(Stream zip, PackageLimits package, XmlLimits limits, JudgingBudget budget)
    {
        (_zip, _limits, _budget, _expandable) = (zip, limits, budget, package.MaxExpandedBytes);
        var (fault, entries) = ZipDirectory.Read(zip, package.MaxZipEntries);
        if (fault != ZipFault.None) throw new InvalidDataException("This is no such file.");
        foreach (var entry in entries.Where(e => !e.Name.EndsWith('/')))
        {
            HasTwins |= !_entries.TryAdd(entry.Name, entry);
        }
    }

    /// <summary>A name stands in it twice: programs would read different parts.</summary>
    public bool HasTwins { get; }

    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>Null where there is no such part.</summary>
    /// <exception cref="InvalidDataException">Its bytes cannot be expanded.</exception>
    public byte[]? Digest(string name, HashAlgorithmName algorithm)
    {
        if (_digests.TryGetValue((name, algorithm), out var known)) return known;
        using var content = Open(name);
        if (content is null) return null;
        using var hash = IncrementalHash.CreateHash(algorithm);
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            for (int count; (count = content.Read(buffer, 0, Piece)) > 0;)
            {
                _budget.Check();
                if ((_expandable -= count) < 0) throw new JudgingLimitException("bytes in parts");
                hash.AppendData(buffer, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return _digests[(name, algorithm)] = hash.GetHashAndReset();
    }

    /// <summary>A part as a tree; null where there is none of that name.</summary>
    /// <exception cref="System.Xml.XmlException">It is no XML.</exception>
    public XmlTree? Tree(string name)
    {
        _budget.Check();
        using var content = Open(name);
        return content is null ? null : XmlTree.Read(content, _limits);
    }

    private Stream? Open(string name) => _entries.TryGetValue(name, out var entry)
        ? ZipInspector.Open(_zip, entry) ?? throw new InvalidDataException("A part is not where the directory says.") : null;
}
