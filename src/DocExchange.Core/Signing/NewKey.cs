namespace DocExchange.Core.Signing;

/// <summary>A key that is to take another's place.</summary>
public abstract record NewKey
{
    private NewKey()
    {
    }

    /// <summary>A sample, made now.</summary>
    public sealed record Sample : NewKey;

    public sealed record Pkcs12(string Path, string Passphrase) : NewKey;

    public sealed record Token(TokenReference Reference) : NewKey;
}
