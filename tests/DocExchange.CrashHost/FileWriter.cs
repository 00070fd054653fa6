namespace DocExchange.CrashHost;

/// <summary>One file per acknowledgement the way bodies are stored: staging, fsync, rename, fsync of the directory. Each sync can be left out.</summary>
internal static class FileWriter
{
    public static int Run(VerbArguments arguments)
    {
        using var standardOutput = Console.OpenStandardOutput();
        var bodies = BodyFolder.Open(arguments.Data, arguments.Text("filesync", "on") == "on", arguments.Text("dirsync", "on") == "on");
        for (var k = 1; k <= arguments.Number("count", 100); k++)
        {
            try
            {
                bodies.Put($"body-{k:d6}", Payload.For(k, arguments.Number("size", 20_000)));
                standardOutput.Write(System.Text.Encoding.ASCII.GetBytes($"ack {k}\n"));
            }
            catch (IOException error)
            {
                standardOutput.Write(System.Text.Encoding.ASCII.GetBytes($"refused {k}: {error.Message}\n"));
                return 3;
            }
        }

        return 0;
    }
}
