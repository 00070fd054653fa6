using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.IntegrationTests.Signatures;

/// <summary>Somebody else's word for the hub's signature over a copy.</summary>
internal static class Openssl
{
    /// <summary>The exit code of <c>openssl cms -verify</c>: 0 where it agrees.</summary>
    public static async Task<int> VerifyAsync(byte[] copy, byte[] signature, X509Certificate2 root)
    {
        var folder = Directory.CreateTempSubdirectory("docexchange-test-");
        try
        {
            string At(string name) => Path.Combine(folder.FullName, name);
            await File.WriteAllBytesAsync(At("copy"), copy);
            await File.WriteAllBytesAsync(At("p7s"), signature);
            await File.WriteAllTextAsync(At("root.pem"), root.ExportCertificatePem());
            using var process = Process.Start(new ProcessStartInfo("openssl", ["cms", "-verify", "-binary", "-inform", "DER", "-in", At("p7s"), "-content", At("copy"), "-CAfile", At("root.pem"), "-out", At("out")]) { RedirectStandardError = true })!;
            await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
