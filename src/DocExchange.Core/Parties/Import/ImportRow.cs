namespace DocExchange.Core.Parties.Import;

/// <summary>One row of a file as it was read: the columns it gives, in the file's order. What a row does not give stays as it is.</summary>
/// <param name="Line">Where it begins in the file, from 1.</param>
/// <param name="Cells">The header's columns and this row's texts.</param>
public sealed record ImportRow(int Line, IReadOnlyList<AgencyColumn> Columns, IReadOnlyList<string> Cells)
{
    /// <summary>Why it could not be read; then it has no cells.</summary>
    public RowProblem? Problem { get; init; }

    public static ImportRow Unreadable(RowProblem problem) => new(problem.Line, [], []) { Problem = problem };
}

/// <summary>What is wrong with one row, for the person who mends the file.</summary>
/// <param name="Code">The row's agency; empty when it gives none.</param>
/// <param name="Field">The column.</param>
public sealed record RowProblem(int Line, string Code, string Field, string English, string Vietnamese);
