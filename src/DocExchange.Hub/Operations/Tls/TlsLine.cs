using System.Net.Security;
using System.Security.Authentication;
using DocExchange.Core.Parties;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace DocExchange.Hub.Operations.Tls;

/// <summary>Puts TLS 1.2 or 1.3 under a listening address.</summary>
internal static class TlsLine
{
    public static void UseTls(this ListenOptions listen, TlsIdentity identity, CurrentParties parties, TlsSettings settings)
    {
        // The answers to what the server rejects are written into HTTP/1.1 lines.
        listen.Protocols = HttpProtocols.Http1;
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = identity.Current,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ApplicationProtocols = [SslApplicationProtocol.Http11],
                // Asked for only where somebody has one bound: browsers trouble people with the question.
                ClientCertificateRequired = settings.ClientRoots.Length > 0 || parties.Book.HasClientCertificates,
                // Any is let through here: what is wrong with one is said in an answer, which a broken handshake cannot.
#pragma warning disable CA5359 // Edges.Callers.ClientCertificates judges it before it counts for anything.
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
            }),
        });
    }
}
