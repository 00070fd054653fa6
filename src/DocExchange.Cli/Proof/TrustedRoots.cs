using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Evidence.Supplements;

namespace DocExchange.Cli.Proof;

/// <summary>Whom the person at the command line trusts.</summary>
internal static class TrustedRoots
{
    public static readonly IReadOnlyList<string> Options = ["--root PEM", "--tsa-root PEM", "--witness-root PEM"];

    /// <summary>Authorities' roots are the hub's where no others are named: many are issued by the same authority.</summary>
    public static TrustedParties Of(Arguments arguments) =>
        new(Read(arguments["--root"]), Read(arguments["--tsa-root"] ?? arguments["--root"]), Read(arguments["--witness-root"]));

    public static X509Certificate2Collection? Read(string? path)
    {
        if (path is null) return null;
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(path);
        }
        catch (CryptographicException)
        {
            // Falls through to the sentence: a file of another form has no certificate to trust.
            roots.Clear();
        }
        return roots.Count > 0 ? roots : throw CommandFailed.Usage($"{path} holds no PEM certificate.", $"{path} không có chứng thư PEM.");
    }
}
