namespace DocExchange.Core.Signing.Trust;

/// <summary>The trust list of now, read by every verification and replaced by whoever changed it.</summary>
public sealed class CurrentTrust
{
    private volatile TrustBook _book = TrustBook.Empty;

    public TrustBook Book => _book;

    public RevocationBook Revocations { get; } = new();

    /// <summary>Counts for the next verification.</summary>
    public void Replace(TrustBook next) => _book = next;
}
