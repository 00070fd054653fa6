using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Evidence;
using DocExchange.Core.Signing;

namespace DocExchange.UnitTests.Evidence;

/// <summary>Fixed inputs of the golden files. ECDSA signatures are random, so the signature comes from the file itself.</summary>
internal static class GoldenReceipts
{
    public const string AcceptanceId = "019aa5f0c1d27c3e8f4a5b6c7d8e9f00";
    public const string RefusalId = "019aa5f0c1d27c3e8f4a5b6c7d8e9f01";
    public static readonly DateTimeOffset Time = new(2026, 11, 21, 18, 0, 0, 123, TimeSpan.FromHours(7));

    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DocExchange.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie inside the repository.");
    }

    public static string FileOf(string name) => Path.Combine(Root(), "tests", "DocExchange.UnitTests", "Evidence", "golden", name);

    public static X509Certificate2 SampleRoot() => X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Root(), "certs-sample", "sample-root.pem"));

    public static HubKey SampleKey()
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(Path.Combine(Root(), "certs-sample", "hub.p12"), SampleCertificates.Passphrase);
        return new HubKey(all.Single(one => one.HasPrivateKey), all.Where(one => !one.HasPrivateKey).Select(one => one.RawData));
    }

    public static EvidenceEntry AcceptanceEntry() => new()
    {
        Event = EvidenceEvents.SubmissionAcceptance,
        Time = Time,
        Receipt = AcceptanceId,
        Document = "019aa5f0c1d27c3e8f4a5b6c7d8e9f02",
        DocumentId = "000.00.01.H99,2026/11/21,123/QĐ-UBND",
        BusinessType = 0,
        Kind = "document",
        Digest = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 8))],
        Size = 10240,
        Sender = "000.00.01.H99",
        Caller = "s-17",
        Recipients = ["000.00.02.H99", "000.00.03.H99"],
    };

    public static EvidenceEntry RefusalEntry() => new()
    {
        Event = EvidenceEvents.SubmissionRejection,
        Time = Time,
        Receipt = RefusalId,
        Kind = "document",
        Caller = "s-17",
        Reason = "DX-2204",
        Path = "MessageHeader.To[2].OrganId",
        Detail = "quote \" backslash \\ slash / less < amp & plus + tab \t line \n nul \0 unit \u001f delete \u007f đ € 😀 \u2028",
    };

    /// <summary>Leaf 200 of a log that grew from 197 to 203 leaves in one batch.</summary>
    public static ReceiptParts Acceptance(Func<Checkpoint, byte[]> sign, IReadOnlyList<byte[]> chain)
    {
        var salt = Enumerable.Range(0, 16).Select(i => (byte)(0xF0 + i)).ToArray();
        var entry = AcceptanceEntry().ToCanonicalBytes();
        var before = MerkleFrontier.Empty();
        for (var i = 0; i < 197; i++) before.Append(Leaf(i));
        var batch = new MerkleBatch(before, [.. Enumerable.Range(197, 6).Select(i => i == 200 ? MerkleHash.Leaf(salt, entry) : Leaf(i))]);
        var checkpoint = new Checkpoint("hub.example/0123456789abcdef", 203, batch.Root, Time);
        return new ReceiptParts(AcceptanceId, entry, salt, 200, checkpoint.ToText(), batch.PathOf(200), sign(checkpoint), chain);
    }

    /// <summary>The only leaf of a log: no path.</summary>
    public static ReceiptParts Refusal(Func<Checkpoint, byte[]> sign, IReadOnlyList<byte[]> chain)
    {
        var salt = new byte[16];
        var entry = RefusalEntry().ToCanonicalBytes();
        var checkpoint = new Checkpoint("hub.example/0123456789abcdef", 1, MerkleHash.Leaf(salt, entry), Time);
        return new ReceiptParts(RefusalId, entry, salt, 0, checkpoint.ToText(), [], sign(checkpoint), chain);
    }

    public static byte[] Leaf(int i) => MerkleHash.Leaf(new byte[16], BitConverter.GetBytes(i));
}
