using DocExchange.Core.Signing;

namespace DocExchange.Hub.Operations;

/// <summary>Which key a command line wants in which place.</summary>
/// <param name="Rest">What is not about the key.</param>
internal sealed record KeyWish(KeySlot Slot, IReadOnlyDictionary<string, string> Given, string[] Rest)
{
    private static readonly string[] Known = ["--for", "--p12", "--passphrase-file", "--token", "--chain", "--pin-file", "--pin-variable"];

    public bool IsToken => Given.ContainsKey("--token");

    /// <exception cref="StartRefusedException">An option without its value, or a slot there is not.</exception>
    public static KeyWish Parse(string[] args)
    {
        var (given, rest) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (!Known.Contains(args[i])) rest.Add(args[i]);
            else if (i + 1 < args.Length) given[args[i]] = args[++i];
            else throw new StartRefusedException($"{args[i]} needs a value.");
        }
        var word = given.GetValueOrDefault("--for", KeySlot.Receipts.Word);
        var slot = KeySlot.Named(word) ?? throw new StartRefusedException($"There is no key for \"{word}\"; write --for {string.Join(" or ", KeySlot.All.Select(s => s.Word))}.");
        return new KeyWish(slot, given, [.. rest]);
    }

    public NewKey ToKey()
    {
        var (file, token) = (Given.GetValueOrDefault("--p12"), Given.GetValueOrDefault("--token"));
        if (file is not null && token is not null) throw new StartRefusedException("Give --p12 or --token, one of them.");
        if (file is not null) return new NewKey.Pkcs12(file, File.ReadAllText(Needed("--passphrase-file")).TrimEnd('\r', '\n'));
        if (token is null) return new NewKey.Sample();
        var pinFile = Given.GetValueOrDefault("--pin-file");
        return new NewKey.Token(new TokenReference(token, File.ReadAllText(Needed("--chain")), pinFile is null ? null : Path.GetFullPath(pinFile), Given.GetValueOrDefault("--pin-variable")));
    }

    private string Needed(string option) => Given.GetValueOrDefault(option) ?? throw new StartRefusedException($"{option} FILE is missing.");
}
