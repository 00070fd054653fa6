namespace DocExchange.Core.Parties;

/// <summary>What a person may do, the least that the work needs. Numbers are stored.</summary>
public enum Role
{
    /// <summary>Sees the documents of one agency and its units.</summary>
    Clerk = 0,

    /// <summary>Keeps the directory, the systems, what waits and the settings; while nobody is a security officer, that one's work too.</summary>
    Operator = 1,

    /// <summary>Reads everything, changes nothing.</summary>
    Auditor = 2,

    /// <summary>Keeps credentials and accounts.</summary>
    SecurityOfficer = 3,
}

/// <summary>A person's local account: one role and, for a clerk, one agency with its units.</summary>
public sealed record Account(long Id, string Name, string PasswordHash, Role Role, long? AgencyId, bool Enabled = true)
{
    /// <summary>Null where nobody has enrolled one.</summary>
    public SecondFactor? SecondFactor { get; init; }

    /// <summary>The person at the organisation's issuer who signs in as this account; null where nobody was linked.</summary>
    public IssuedIdentity? Identity { get; init; }
}

/// <summary>A person as an issuer names it for good. Two issuers may use the same name for different people.</summary>
public sealed record IssuedIdentity(string Issuer, string Subject)
{
    /// <summary>OpenID Connect Core 1.0 §2.</summary>
    public const int LongestSubject = 255;
}

/// <summary>An authenticator app's part in signing in.</summary>
/// <param name="Secret">Sealed with a key outside the store.</param>
/// <param name="LastStep">Of the last code taken; none is taken twice.</param>
/// <param name="Recovery">Hashes of the recovery codes that are left.</param>
public sealed record SecondFactor(ReadOnlyMemory<byte> Secret, long LastStep, ReadOnlyMemory<byte> Recovery);

/// <summary>A name, or a name from one address, that failed too often.</summary>
public sealed record SignInLock(string Key, int Times, DateTimeOffset Last, DateTimeOffset Until);
