using System.IO.Pipes;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DocExchange.Core.Signing;

/// <summary>
/// A key that never leaves its PKCS#11 token, through OpenSSL's engine of that name (Debian: libengine-pkcs11-openssl). The token's library is found by
/// p11-kit, or named by the variable PKCS11_MODULE_PATH.
/// </summary>
internal static class TokenKey
{
    private const string Engine = "pkcs11";

    // The engine logs in for the whole process.
    private static readonly Lock Turn = new();

    /// <exception cref="KeyStoreException">The token, the key on it, its PIN or its chain cannot be used; the message holds no PIN.</exception>
    public static HubKey Open(TokenReference reference)
    {
        if (!OperatingSystem.IsLinux()) throw new KeyStoreException("Keys on a PKCS#11 token are used through OpenSSL's engine, on Linux only.");
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(reference.Chain);
            if (certificates.Count == 0) throw new KeyStoreException("The chain of the token's key holds no certificate.");
            var opened = OpenHub(reference, certificates);
            if (opened.FitsCertificate()) return opened;
            var subject = certificates[0].Subject;
            opened.Dispose();
            throw new KeyStoreException($"The key {reference.Key} is not that of the first certificate of its chain ({subject}).");
        }
        catch (CryptographicException fault)
        {
            throw new KeyStoreException($"The key {reference.Key} cannot be used: {fault.Message}. Look whether the token is there, its library is found (PKCS11_MODULE_PATH), and the PIN is right.", fault);
        }
    }

    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    private static HubKey OpenHub(TokenReference reference, X509Certificate2Collection certificates)
    {
        var isRsa = certificates[0].PublicKey.Oid.Value == DetachedCms.RsaEncryption;
        return new HubKey(certificates[0], KeyStore.IssuersOf(certificates[0], certificates), OpenKey(reference, isRsa), () => OpenAgain(reference, isRsa));
    }

    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    private static AsymmetricAlgorithm OpenKey(TokenReference reference, bool isRsa)
    {
        using var handle = OpenHandle(reference);
        return isRsa ? new RSAOpenSsl(handle) : new ECDsaOpenSsl(handle);
    }

    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    private static AsymmetricAlgorithm OpenAgain(TokenReference reference, bool isRsa)
    {
        try
        {
            return OpenKey(reference, isRsa);
        }
        catch (KeyStoreException fault)
        {
            throw new CryptographicException(fault.Message, fault);
        }
    }

    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    private static SafeEvpPKeyHandle OpenHandle(TokenReference reference)
    {
        // A PIN written into the address would be printed by the engine when it does not find the key; from a pipe it is read once and gone.
        using var pin = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.None);
        using var reader = pin.ClientSafePipeHandle;
        pin.Write(Encoding.UTF8.GetBytes(reference.ReadPin()));
        pin.SafePipeHandle.Dispose();
        lock (Turn) return SafeEvpPKeyHandle.OpenPrivateKeyFromEngine(Engine, $"{reference.Key};pin-source=file:/proc/self/fd/{reader.DangerousGetHandle()}");
    }
}
