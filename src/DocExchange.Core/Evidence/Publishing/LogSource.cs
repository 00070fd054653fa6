using System.Net;
using System.Text;

namespace DocExchange.Core.Evidence.Publishing;

/// <summary>A published log, or what a witness keeps of it, read from a folder or an address: the names below are the same.</summary>
public sealed class LogSource
{
    private const int LongestFile = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly HttpClient http;
    private readonly Uri? address;

    /// <param name="place">A folder, or an address that ends where <c>epochs</c> begins.</param>
    public LogSource(string place, HttpClient http)
    {
        (Place, this.http) = (place, http);
        if (Uri.TryCreate(place, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") address = new Uri(place.TrimEnd('/') + "/");
    }

    public string Place { get; }

    /// <summary>A file's bytes; null when there is none.</summary>
    /// <exception cref="HttpRequestException">The address was not reached or answered something else than yes or no.</exception>
    public async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        if (address is null) return new LogFolder(Place).Read(name);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(Patience);
        try
        {
            using var answer = await http.GetAsync(new Uri(address, name), HttpCompletionOption.ResponseHeadersRead, ending.Token).ConfigureAwait(false);
            if (answer.StatusCode == HttpStatusCode.NotFound) return null;
            answer.EnsureSuccessStatusCode();
            return await BoundedBody.ReadAsync(answer, LongestFile, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"{address.Host} did not answer in time");
        }
    }

    /// <summary>The origins of the logs, oldest first; empty when nothing is published.</summary>
    public async Task<IReadOnlyList<string>> OriginsAsync(CancellationToken cancellationToken) =>
        OriginsIn(await ReadAsync(LogPublisher.EpochsFile, cancellationToken).ConfigureAwait(false));

    /// <summary>The origins a list of logs names; none when there is no list.</summary>
    public static IReadOnlyList<string> OriginsIn(byte[]? list) => list is null ? [] : [.. Encoding.UTF8.GetString(list).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(IsLog)];

    /// <summary>Whether the name may be taken for a folder's.</summary>
    private static bool IsLog(string origin) => Checkpoint.IsOrigin(origin) && TagOf(origin) is { Length: > 0 } tag && tag.All(char.IsAsciiLetterOrDigit);

    /// <summary>The folder of an origin's log: what follows the last slash.</summary>
    public static string TagOf(string origin) => origin[(origin.LastIndexOf('/') + 1)..];

    /// <summary>The head in a folder; null when it is not there or not whole. A head is three files: one that was exchanged meanwhile is read again.</summary>
    public async Task<SignedHead?> HeadAsync(string folder, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var note = await ReadAsync($"{folder}/{LogFolder.CheckpointFile}", cancellationToken).ConfigureAwait(false);
            if (note is null) return null;
            var signature = await ReadAsync($"{folder}/{LogFolder.SignatureFile}", cancellationToken).ConfigureAwait(false);
            var pem = await ReadAsync($"{folder}/{LogFolder.ChainFile}", cancellationToken).ConfigureAwait(false);
            if (signature is null || pem is null || !Checkpoint.TryParse(note, out _) || PemChain.TryParse(pem) is not { } chain) continue;
            var head = new SignedHead(note, signature, chain);
            if (HeadCheck.Fault(head, null) is null) return head;
        }
        return null;
    }
}
