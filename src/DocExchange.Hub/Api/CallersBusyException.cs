namespace DocExchange.Hub.Api;

/// <summary>Too many callers wait for their passwords to be checked; the same call may succeed a moment later.</summary>
public sealed class CallersBusyException() : Exception("Too many callers wait for their passwords to be checked.");
