namespace DocExchange.CrashHost;

/// <summary>The <c>--name value</c> pairs after the verb.</summary>
internal sealed class VerbArguments
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public string Data => Text("data", "");

    public static VerbArguments Parse(string[] args)
    {
        var parsed = new VerbArguments();
        for (var i = 1; i + 1 < args.Length; i += 2)
        {
            parsed.values[args[i].TrimStart('-')] = args[i + 1];
        }

        return parsed;
    }

    public string Text(string name, string otherwise) => values.GetValueOrDefault(name, otherwise);

    public int Number(string name, int otherwise) => values.TryGetValue(name, out var text) ? int.Parse(text) : otherwise;

    public static int Usage()
    {
        Console.Error.WriteLine(
            """
            sqlite-writer --data DIR --sync FULL|OFF --count N [--size BYTES] [--checkpoint PAGES] [--ack early]   a row per commit, then "ack K" on standard output
            file-writer   --data DIR --filesync on|off --dirsync on|off --count N [--size BYTES]   staging, fsync, rename, fsync of the directory
            http-writer   --data DIR --sync FULL|OFF --dirsync on|off             POST a body: a row, or a file and a row, then 200
            hub           --data DIR [--sync OFF] [--dirsync off] [--checkpoint PAGES] [--min-free MB] [--die-at MILESTONE:COUNT]   the hub itself
            """);
        return 2;
    }
}
