namespace DocExchange.Hub.Operations;

/// <summary>Options of a verb, each a name and a value.</summary>
internal static class OptionPairs
{
    /// <summary>Null when one is unknown, stands twice or has no value.</summary>
    public static IReadOnlyDictionary<string, string>? Read(ReadOnlySpan<string> args, params string[] known)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (args.Length % 2 != 0) return null;
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!known.Contains(args[i]) || !pairs.TryAdd(args[i], args[i + 1])) return null;
        }
        return pairs;
    }

    /// <summary>The data folder: <c>--data</c>, or what the settings say.</summary>
    public static HubOptions Settings(this IReadOnlyDictionary<string, string> pairs) =>
        ServeCommand.Read(pairs.TryGetValue("--data", out var data) ? ["--data", data] : []);
}
