namespace DocExchange.Cli;

/// <summary>Everything of the outside world that a command touches.</summary>
/// <param name="Http">Made when a command first calls somebody: loading it costs those that call nobody.</param>
internal sealed record Surroundings(
    TextWriter Out, TextWriter Error, Func<Stream> RawOut, Func<string, string?> Variable, Func<HttpMessageHandler> Http, TimeProvider Time);

/// <summary>What a command tells the shell.</summary>
internal enum ExitCode
{
    Done = 0,

    /// <summary>The hub said no, or a receipt does not verify.</summary>
    Refused = 1,

    /// <summary>The command line is wrong, or a file it names cannot be read or written.</summary>
    Usage = 2,

    /// <summary>The hub did not answer.</summary>
    Unreachable = 3,

    /// <summary>A log that was watched went back, split, or was signed by somebody else.</summary>
    Contradicted = 4,
}

/// <summary>Ends a command with a sentence in both languages.</summary>
internal sealed class CommandFailed(ExitCode code, string english, string vietnamese) : Exception(english)
{
    public ExitCode Code { get; } = code;
    public string Vietnamese { get; } = vietnamese;

    public static CommandFailed Usage(string english, string vietnamese) => new(ExitCode.Usage, english, vietnamese);
}
