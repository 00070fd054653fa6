namespace DocExchange.Cli;

/// <summary>One command. Its description is its help, and what its words are checked against.</summary>
/// <param name="name">One or two words; of two, the first alone means the one called <c>list</c>.</param>
/// <param name="operands">Optional ones in brackets.</param>
/// <param name="options">Beside the common ones; with a second word where the option takes a value.</param>
internal abstract class Verb(string name, string operands, string english, string vietnamese, params IReadOnlyList<string> options)
{
    public string Name { get; } = name;
    public string Operands { get; } = operands;
    public string English { get; } = english;
    public string Vietnamese { get; } = vietnamese;
    public IReadOnlyList<string> Options { get; } = options;

    /// <summary>Runs to the end or throws; a refusal by the hub is thrown too, so that every command reports it alike.</summary>
    public abstract Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct);
}
