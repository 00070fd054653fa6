namespace DocExchange.Core.Ports;

/// <summary>An authority that states when it saw a digest (RFC 3161).</summary>
public interface ITimestampAuthority
{
    /// <summary>How operators know it, such as its host's name; kept with its tokens.</summary>
    string Name { get; }

    /// <summary>Sends a TimeStampReq in DER and returns whatever came back, unchecked.</summary>
    /// <exception cref="HttpRequestException">The authority was not reached or did not answer.</exception>
    Task<byte[]> AskAsync(byte[] request, CancellationToken cancellationToken);
}
