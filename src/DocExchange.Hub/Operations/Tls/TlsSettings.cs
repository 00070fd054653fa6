namespace DocExchange.Hub.Operations.Tls;

/// <summary>TLS at the hub itself, section <c>DocExchange:Tls</c>. Files only: a passphrase in a setting would end in the evidence of settings.</summary>
public sealed class TlsSettings
{
    /// <summary>The server's certificate and its chain: a PEM file, or a PKCS#12 file (<c>.p12</c>, <c>.pfx</c>). Empty = plain HTTP. Read again when it changes.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>PEM file with the private key; empty = in the certificate's file.</summary>
    public string Key { get; set; } = "";

    /// <summary>File with the passphrase of the key or of the PKCS#12 file; empty = none.</summary>
    public string PassphraseFile { get; set; } = "";

    /// <summary>PEM file with the roots that client certificates must chain to. Empty = only certificates bound one by one are taken. Read at every new connection.</summary>
    public string ClientRoots { get; set; } = "";

    /// <summary>Whether trusted proxies say in <c>Client-Cert</c> (RFC 9440) which certificate the caller showed them; they must remove that header from what comes in.</summary>
    public bool ClientCertificatesFromProxies { get; set; }

    /// <summary>Every setting that cannot be used: its name, its value and what to write instead.</summary>
    public IEnumerable<(string Key, object Value, string Instead)> Problems(bool hasProxies)
    {
        if (Certificate.Length == 0 && (Key.Length > 0 || PassphraseFile.Length > 0))
            yield return (nameof(Certificate), Certificate, "the PEM or PKCS#12 file with the server's certificate, or no key either");
        if (ClientCertificatesFromProxies && !hasProxies)
            yield return (nameof(ClientCertificatesFromProxies), ClientCertificatesFromProxies, $"false, or name the proxies in {nameof(HubOptions.TrustedProxies)}");
        foreach (var (key, file) in ((string, string)[])[(nameof(Certificate), Certificate), (nameof(Key), Key), (nameof(PassphraseFile), PassphraseFile), (nameof(ClientRoots), ClientRoots)])
        {
            if (file.Length > 0 && !File.Exists(file)) yield return (key, file, "the path of a file that exists");
        }
    }
}
