using DocExchange.Core.Envelopes;
using DocExchange.Core.Signing;

namespace DocExchange.Hub.Operations;

/// <summary>The settings about signatures as verification takes them.</summary>
internal static class SignatureOptions
{
    public static SignatureSettings ToSignatureSettings(this HubOptions options) => SignatureSettings.Default with
    {
        Revocation = options.SignatureRevocation,
        RevocationHosts = new HashSet<string>(options.RevocationHosts, StringComparer.OrdinalIgnoreCase),
        Sha1Senders = options.Sha1Senders,
        Refused = options.RefusedSignatures.Select(Parse).OfType<(string Name, PackageSignature[] Classes)>()
            .ToDictionary(row => row.Name, row => (IReadOnlyList<PackageSignature>)row.Classes, StringComparer.OrdinalIgnoreCase),
    };

    public static IEnumerable<string> Problems(HubOptions options)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in options.RefusedSignatures)
        {
            if (Parse(row) is not var (name, _) || !names.Add(name))
                yield return $"{HubOptions.Section}:{nameof(HubOptions.RefusedSignatures)} is \"{row}\"; write one such as H30.01=INVALID,ABSENT for each name, of the classes ABSENT, PLACEHOLDER, UNVERIFIABLE, INVALID and VALID.";
        }
        foreach (var host in options.RevocationHosts)
        {
            if (!Uri.TryCreate("http://" + host, UriKind.Absolute, out var uri) || !uri.Authority.Equals(host, StringComparison.OrdinalIgnoreCase))
                yield return $"{HubOptions.Section}:{nameof(HubOptions.RevocationHosts)} is \"{host}\"; write a host such as ocsp.example.vn or host:port.";
        }
    }

    private static (string Name, PackageSignature[] Classes)? Parse(string row)
    {
        var parts = row.Split('=', StringSplitOptions.TrimEntries);
        if (parts is not [{ Length: > 0 } name, { Length: > 0 } written]) return null;
        var classes = new List<PackageSignature>();
        foreach (var one in written.Split(',', StringSplitOptions.TrimEntries))
        {
            if (int.TryParse(one, out _) || !Enum.TryParse<PackageSignature>(one, ignoreCase: true, out var known)) return null;
            classes.Add(known);
        }
        return (name, [.. classes]);
    }
}
