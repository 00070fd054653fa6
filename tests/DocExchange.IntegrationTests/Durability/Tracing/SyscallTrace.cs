namespace DocExchange.IntegrationTests.Durability.Tracing;

/// <summary>What one process did to its data folder, and what it told the world, in order of issue.</summary>
public sealed class SyscallTrace
{
    private SyscallTrace(string root, IReadOnlyList<SyscallEvent> events) => (Root, Events) = (root, events);

    /// <summary>The data folder; event paths begin with it.</summary>
    public string Root { get; }

    public IReadOnlyList<SyscallEvent> Events { get; }

    /// <summary>Files that are no durable state: SQLite's wal-index is rebuilt from the WAL after every crash.</summary>
    public static bool IsWalIndex(string relativePath) => relativePath.EndsWith("-shm", StringComparison.Ordinal);

    /// <param name="notDurable">Of a path relative to the root: true for what may be lost, e.g. <see cref="IsWalIndex"/>, a lock file, logs.</param>
    /// <exception cref="NotSupportedException">The process wrote durable files in a way the trace does not show.</exception>
    public static SyscallTrace Read(string logFile, string root, Func<string, bool>? notDurable = null)
    {
        using var log = File.OpenRead(logFile);
        return Read(log, root, notDurable);
    }

    public static SyscallTrace Read(Stream log, string root, Func<string, bool>? notDurable = null) =>
        new(root, StraceLog.Read(log, new StraceInterpreter(root, notDurable ?? IsWalIndex)));

    /// <summary>First bytes of every final HTTP response sent from <paramref name="port"/>, in order; 1xx responses are not answers.</summary>
    public IReadOnlyList<Answer> HttpAnswers(int port)
    {
        var from = $"127.0.0.1:{port}->";
        return
        [
            .. Events.OfType<AnswerWritten>()
                .Where(e => !e.Failed && e.Channel.Contains(from, StringComparison.Ordinal))
                .Where(e => e.Text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && e.Text[9] != '1')
                .Select((e, i) => new Answer(i + 1, e, int.Parse(e.Text.AsSpan(9, 3)), ClientPort(e.Channel))),
        ];

        static int ClientPort(string channel) => int.Parse(channel[(channel.LastIndexOf(':') + 1)..].TrimEnd(']'));
    }

    /// <summary>Lines "<paramref name="word"/> N" written to standard output.</summary>
    public IReadOnlyList<Answer> PrintedAnswers(string word = "ack") =>
    [
        .. Events.OfType<AnswerWritten>()
            .Where(e => e.Descriptor == 1 || e.Channel.StartsWith("pipe:", StringComparison.Ordinal))
            .Where(e => !e.Failed && e.Text.StartsWith(word + " ", StringComparison.Ordinal))
            .Select(e => new Answer(Leading(e.Text[(word.Length + 1)..]), e, 0, 0)),
    ];

    private static int Leading(string text) => int.Parse(string.Concat(text.TakeWhile(char.IsAsciiDigit)));
}

/// <summary>The moment from which an outsider may know: the call that sends the first byte was issued.</summary>
/// <param name="Number">The n-th answer (HTTP) or the printed number.</param>
/// <param name="ClientPort">Tells connections apart: the client's own port.</param>
public sealed record Answer(int Number, AnswerWritten Event, int Status, int ClientPort)
{
    public int At => Event.Begin;
}
