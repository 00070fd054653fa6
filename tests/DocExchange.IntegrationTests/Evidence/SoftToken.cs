using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DocExchange.IntegrationTests.Evidence;

/// <summary>Keys on a SoftHSM token. A process sees the tokens that were there when it first looked, so that all tests of one run share one.</summary>
internal sealed class SoftToken : IDisposable
{
    public const string Pin = "4815162342";
    public const string Missing = "softhsm2-util or OpenSSL's engine for PKCS#11 (Debian's softhsm2 and libengine-pkcs11-openssl) is not installed.";
    private const string Label = "docexchange";
    private const string Program = "/usr/bin/softhsm2-util";

    private static readonly Lazy<string> Shared = new(Initialize);
    private static int _made;

    private readonly TemporaryFolder _folder = new();
    private readonly int _number = Interlocked.Increment(ref _made);

    public SoftToken() => File.WriteAllText(PinFile, Pin + "\n");

    public static bool IsInstalled => File.Exists(Program) && Directory.GetFiles("/usr/lib", "pkcs11.so", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 2 }).Length > 0;

    public static string Configuration => Shared.Value;

    public string PinFile => _folder.At("pin");

    /// <summary>Makes a key on the token and the options of the command that takes it.</summary>
    public string[] Rotate(string name, bool isRsa)
    {
        using AsymmetricAlgorithm key = isRsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(_folder.At("key.pem"), key.ExportPkcs8PrivateKeyPem());
        Run(Configuration, "--import", _folder.At("key.pem"), "--token", Label, "--label", LabelOf(name), "--id", Convert.ToHexString(Encoding.ASCII.GetBytes(LabelOf(name))), "--pin", Pin);
        File.Delete(_folder.At("key.pem"));
        File.WriteAllText(_folder.At(name + ".pem"), CertificateOf(key, name).ExportCertificatePem());
        return ["--token", AddressOf(name), "--chain", _folder.At(name + ".pem"), "--pin-file", PinFile];
    }

    public string AddressOf(string name) => $"pkcs11:token={Label};object={LabelOf(name)};type=private";

    public static bool HoldsPin(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd().Contains(Pin, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string LabelOf(string name) => $"{name}-{_number}";

    private static X509Certificate2 CertificateOf(AsymmetricAlgorithm key, string name)
    {
        var subject = new X500DistinguishedName("CN=" + name);
        var request = key is RSA rsa ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
    }

    private static string Initialize()
    {
        var folder = Directory.CreateTempSubdirectory("docexchange-softhsm-").FullName;
        var file = Path.Combine(folder, "softhsm2.conf");
        File.WriteAllText(file, $"directories.tokendir = {Directory.CreateDirectory(Path.Combine(folder, "tokens")).FullName}\nobjectstore.backend = file\nlog.level = ERROR\n");
        // The framework keeps its variables to itself; the token's library asks the C library.
        Assert.Equal(0, SetVariable("SOFTHSM2_CONF", file, 1));
        Run(file, "--init-token", "--free", "--label", Label, "--pin", Pin, "--so-pin", "11111111");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return file;
    }

    private static void Run(string configuration, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SOFTHSM2_CONF"] = configuration;
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
    }

    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetVariable([MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
