using DocExchange.Core.Signing;

namespace DocExchange.Hub.Operations;

/// <summary>Makes sample certificates. Real keys are put into the data folder by the operator (docs/operating.md).</summary>
internal static class KeysCommand
{
    public static int Run(string[] args)
    {
        if (args is not ["sample", var directory]) return HubHelp.Show();
        SampleCertificates.WriteFolder(directory, TimeProvider.System.GetUtcNow());
        Console.WriteLine($"Sample certificates written to {Path.GetFullPath(directory)}. They say SAMPLE; a hub in Production refuses them.");
        return 0;
    }
}
