using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Packages;

/// <summary>
/// What reading one package gave. <see cref="Envelope"/> holds whatever could be read, also when there are findings.
/// </summary>
/// <param name="Envelope">Null when nothing of an edXML header could be read.</param>
/// <param name="Findings">Everything wrong with the form of the package (XML safety, structure, attachments), in no particular order.</param>
/// <param name="Warnings">What deviates and is accepted all the same, for the conformance log.</param>
public sealed record PackageReading(Envelope? Envelope, IReadOnlyList<Problem> Findings, IReadOnlyList<PackageWarning> Warnings);

/// <summary>A tolerated deviation. <paramref name="Code"/> is a stable kebab-case word such as <c>undeclared-prefix</c>.</summary>
public sealed record PackageWarning(string Code, string Path, string? Value = null);
