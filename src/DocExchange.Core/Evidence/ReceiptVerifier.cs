using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Evidence;

public static class ReceiptVerifier
{
    public static ReceiptVerdict Verify(ReadOnlySpan<byte> receipt, X509Certificate2Collection? trustedRoots) => throw new NotImplementedException();
}
