using System.Net.Http.Headers;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Rejected;
using Microsoft.AspNetCore.WebUtilities;

namespace DocExchange.Hub.Edges.Multipart;

/// <summary>
/// Reads a multipart/related message (RFC 2387; SOAP with attachments, MTOM) front to back, part by part, none of them ever whole in memory.
/// Every abuse ends as <see cref="MessageRefusedException"/>, also where it shows only inside a part's body: a message that was cut off never
/// looks whole.
/// </summary>
internal sealed class RelatedReader
{
    public const string MediaType = "multipart/related";

    // Four times the framework's: a large part is taken in fewer pieces, and a small message still costs little.
    private const int BufferBytes = 16 * 1024;

    private readonly MultipartReader _reader;
    private readonly RelatedLimits _limits;
    private readonly string? _start;
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private int _parts;

    private RelatedReader(MultipartReader reader, RelatedLimits limits, string? start, string? rootType) => (_reader, _limits, _start, RootType) = (reader, limits, start, rootType);

    /// <summary>The parameter <c>type</c>: what the root is, in lower case; null when the message does not say.</summary>
    public string? RootType { get; }

    /// <exception cref="MessageRefusedException">There is no boundary, or one that no message may have.</exception>
    public static RelatedReader Open(MediaTypeHeaderValue type, Stream body, RelatedLimits limits)
    {
        var boundary = Parameter(type, "boundary");
        if (boundary is null or { Length: 0 or > RelatedLimits.LongestBoundary }) throw Refused("boundary");
        var reader = new MultipartReader(boundary, body, BufferBytes) { HeadersCountLimit = limits.MaxHeadersPerPart, HeadersLengthLimit = limits.MaxHeaderBytes };
        return new RelatedReader(reader, limits, Id(Parameter(type, "start")), Parameter(type, "type")?.ToLowerInvariant());
    }

    /// <summary>The root: the first part, as every known sender has it. A message that names a later one would have to be kept until it comes.</summary>
    public async ValueTask<RelatedPart> ReadRootAsync(CancellationToken cancellationToken)
    {
        var root = await ReadNextAsync(cancellationToken).ConfigureAwait(false) ?? throw Refused("root");
        return _start is null || _start == root.ContentId ? root : throw Refused("start");
    }

    /// <summary>The next part, past whatever of the one before was not read; null at the message's proper end.</summary>
    public async ValueTask<RelatedPart?> ReadNextAsync(CancellationToken cancellationToken)
    {
        MultipartSection? section;
        try
        {
            section = await _reader.ReadNextSectionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (IsOfTheMessage(fault))
        {
            throw Refused(_parts == 0 ? "boundary" : "part");
        }
        if (section is null) return null;
        if (++_parts > _limits.MaxParts) throw Refused("parts");
        var id = Id(Header(section, "Content-ID"));
        if (id is not null && !_ids.Add(id)) throw Refused($"Content-ID {Problem.Shown(id)}");
        return new RelatedPart(id, Header(section, "Content-Type"), Header(section, "Content-Transfer-Encoding")?.Trim().ToLowerInvariant() ?? "binary", new PartBody(section.Body));
    }

    internal static MessageRefusedException Refused(string where) => new(new Problem(ProblemCatalogue.MultipartUnsound, where));

    /// <summary>The framework's word for a message that is broken or ended; a line that broke is told as what it is by the server.</summary>
    internal static bool IsOfTheMessage(Exception fault) => fault is InvalidDataException || (fault is IOException and not BadHttpRequestException);

    private static string? Header(MultipartSection section, string name) => section.Headers?.TryGetValue(name, out var value) == true ? value.ToString() : null;

    private static string? Id(string? written) => written?.Trim() is { Length: > 0 } id ? id.StartsWith('<') && id.EndsWith('>') ? id[1..^1] : id : null;

    private static string? Parameter(MediaTypeHeaderValue type, string name) =>
        type.Parameters.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value?.Trim('"');
}
