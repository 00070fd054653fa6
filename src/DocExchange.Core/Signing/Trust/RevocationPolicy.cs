namespace DocExchange.Core.Signing.Trust;

/// <summary>What follows when nobody could say whether a certificate is revoked: soft notes it, hard lets the signature count for information only.</summary>
public enum RevocationPolicy { Soft, Hard, Off }
