namespace DocExchange.Core.Signing;

/// <summary>What a key is for. Each has files of its own in the key folder, so that one is exchanged, or moved to a token, without the others.</summary>
/// <param name="Word">As commands name it.</param>
public sealed record KeySlot(string Word, string FileName)
{
    /// <summary>Signs the evidence log, and with it every receipt. The hub does not run without it.</summary>
    public static readonly KeySlot Receipts = new("receipts", "receipt-signing");

    /// <summary>Signs copies of documents; where there is none, the key of the receipts does.</summary>
    public static readonly KeySlot Documents = new("documents", "document-signing");

    /// <summary>Names the hub to those who connect to it.</summary>
    public static readonly KeySlot Tls = new("tls", "tls");

    public static IReadOnlyList<KeySlot> All { get; } = [Receipts, Documents, Tls];

    /// <summary>PKCS#12, opened by the folder's passphrase.</summary>
    public string Pkcs12File => FileName + ".p12";

    /// <summary>Says where on a token the key is (<see cref="TokenReference"/>). Where it exists it counts, whatever file lies beside it.</summary>
    public string TokenFile => FileName + ".token";

    public static KeySlot? Named(string word) => All.FirstOrDefault(slot => slot.Word == word);
}
