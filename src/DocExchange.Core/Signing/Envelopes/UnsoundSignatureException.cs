namespace DocExchange.Core.Signing.Envelopes;

/// <summary>Ends a verification at the named element; never leaves <see cref="EnvelopeSignature"/>.</summary>
internal sealed class UnsoundSignatureException(string place) : Exception(place);
