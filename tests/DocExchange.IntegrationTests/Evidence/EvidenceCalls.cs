using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Cli;
using DocExchange.Core.Evidence;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Evidence.Stamping;
using DocExchange.Core.Evidence.Supplements;
using DocExchange.Hub.Evidence;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.Evidence;

/// <summary>A hub's evidence, as those outside get at it.</summary>
internal static class EvidenceCalls
{
    public static string LogAddress(this TestHub hub) => new Uri(hub.Address, "log").ToString();

    public static string LogFolder(this TestHub hub) => Path.Combine(hub.Folder, EvidenceSetup.LogFolderName);

    public static Task<long> PublishAsync(this TestHub hub) => hub.Hub.Services.GetRequiredService<LogPublisher>().PublishAsync(default);

    public static Task<IReadOnlyList<AuthorityState>> StampAsync(this TestHub hub) => hub.Hub.Services.GetRequiredService<HeadStamper>().StampAsync(default);

    /// <summary>The root of the hub's evidence as a file, as somebody outside has it.</summary>
    public static string RootFile(TestHub hub, TemporaryFolder folder)
    {
        var file = folder.At("root.pem");
        File.WriteAllText(file, PemChain.Write([hub.Hub.Key.Chain[^1]]));
        return file;
    }

    /// <summary>Types a <c>dex</c> command against the hub.</summary>
    public static async Task<(ExitCode Code, string Said)> DexAsync(this TestHub hub, params string[] words)
    {
        using var said = new StringWriter();
        var surroundings = new Surroundings(said, said, () => Stream.Null, name => name == "DEX_HUB" ? hub.Address.ToString() : null, () => new SocketsHttpHandler(), TimeProvider.System);
        return (await CommandLine.RunAsync(words, surroundings, default), said.ToString());
    }

    public static X509Certificate2Collection Root(this TestHub hub) => [X509CertificateLoader.LoadCertificate(hub.Hub.Key.Chain[^1])];

    public static async Task<string> SendLettersAsync(this TestHub hub, int count)
    {
        var receipt = "";
        for (var i = 0; i < count; i++) receipt = (await hub.PostPackageAsync(new Letter().Bytes)).Is(201).ReceiptId;
        return receipt;
    }

    /// <summary>Entries that are quickly made, so that tiles fill.</summary>
    public static Task FillAsync(this TestHub hub, int entries) =>
        Task.WhenAll(Enumerable.Range(0, entries).Select(_ => hub.Store.RecordEventAsync(new EvidenceEntry { Event = EvidenceEvents.AccountSignedIn, Time = default, Actor = "account 1" }, default)));

    public static async Task<byte[]> ReceiptAsync(this TestHub hub, string id) => (await hub.GetAsync("receipts/" + id, TestHub.Province)).Is(200).Body;

    public static async Task<byte[]> SupplementAsync(this TestHub hub, string id) => (await hub.GetAsync($"receipts/{id}/supplement", TestHub.Province)).Is(200).Body;

    public static IReadOnlyList<ReceiptCheck> CheckSupplement(byte[] receipt, byte[] supplement, TrustedParties trusted, params CompromisedKey[] compromised) =>
        SupplementVerifier.Verify(ReceiptFormat.TryParse(receipt, out _)!, supplement, trusted, compromised);

    /// <summary>Every file below a folder with its digest.</summary>
    public static SortedDictionary<string, string> FilesIn(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(folder, f), f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))),
        StringComparer.Ordinal);

    public static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }
}
