namespace DocExchange.Axis.Calls;

/// <summary>What was to be sent cannot be read here; the other side has nothing to do with it, and has got nothing.</summary>
public sealed class UnreadablePackageException(Exception inner) : Exception(inner.Message, inner);
