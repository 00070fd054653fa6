namespace DocExchange.Core.Parties.Import;

/// <summary>What became of a difference that was applied.</summary>
/// <param name="Import">Names the import in the evidence log.</param>
/// <param name="Applied">Entries written.</param>
/// <param name="Overtaken">Codes of entries that somebody else changed meanwhile; they were left alone. Importing again settles them.</param>
/// <param name="Slices">Commits it took.</param>
public sealed record ImportOutcome(string Import, int Applied, IReadOnlyList<string> Overtaken, int Slices);
