namespace DocExchange.Core.Envelopes;

/// <summary>
/// An element the reader does not know, kept so that a writer passes it on (vendors add elements of their own, edxml 1.2). Nothing in the hub
/// acts on it.
/// </summary>
/// <param name="Parent">The element it stands in, dotted: <c>MessageHeader.OtherInfo</c>; empty for the root.</param>
/// <param name="Ordinal">Which of several equal parents, from 0; <see cref="Uncounted"/> for one that holds nothing else and means nothing.</param>
/// <param name="Xml">The element with all it holds, well-formed by itself, prefixes declared.</param>
public sealed record UnknownElement(string Parent, int Ordinal, string Xml)
{
    public const int Uncounted = -1;
}
