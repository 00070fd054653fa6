namespace DocExchange.Axis.Calls;

/// <summary>What the hub answered: a value, or a refusal with its code and text. A hub that cannot be reached is an <see cref="HttpRequestException"/>.</summary>
public sealed record VxpAnswer<T>
{
    private VxpAnswer(T? value, VxpRefusal? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>Set unless <see cref="Refusal"/> is.</summary>
    public T? Value { get; }

    public VxpRefusal? Refusal { get; }

    internal static VxpAnswer<T> Ok(T value) => new(value, null);

    internal static VxpAnswer<T> Refused(VxpRefusal refusal) => new(default, refusal);

    internal VxpAnswer<TOther> As<TOther>(Func<T, TOther> convert) =>
        Refusal is null ? VxpAnswer<TOther>.Ok(convert(Value!)) : VxpAnswer<TOther>.Refused(Refusal);
}

/// <summary>A "no" of the hub.</summary>
/// <param name="Code">The axis' code: 10, 15, 18, 19, 20, 21, 22, 23.</param>
/// <param name="Text">The reason, in English and Vietnamese.</param>
public sealed record VxpRefusal(int Code, string Text)
{
    /// <summary>False when the answer was not one of this protocol: empty, a proxy's page, another service's.</summary>
    public bool IsReadable { get; init; } = true;

    /// <summary>The answer's HTTP status.</summary>
    public int HttpStatus { get; init; }

    /// <summary>How long to wait before the next call, where the answer says so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Only the hub's own failures are worth sending again unchanged.</summary>
    public bool IsTransient => Code == Protocol.VxpCodes.SystemError;
}

/// <summary>A package accepted.</summary>
/// <param name="FileHash">SHA-256 of the file as sent, lower-case hex.</param>
public sealed record SentPackage(string DocId, string FileHash, long Length);

/// <summary>A package waiting for the caller.</summary>
public sealed record ReceivedItem(
    string DocId, string MessageType, string CreatedAt, string UpdatedAt, string From, string To, string Status, string StatusText);

/// <summary>What became of one receiver's copy of a package the caller sent.</summary>
public sealed record SentItem(
    string MessageType, string SenderDocId, string ReceiverDocId, string From, string To, string Title, string Notation, string SentAt,
    string ReceivedAt, string SendStatus, string SendStatusText, string ReceiveStatus, string ReceiveStatusText);

/// <summary>An agency that packages can be addressed to.</summary>
public sealed record AgencyItem(string Id, string ParentId, string Code, string Name, string Mail, string OldCode)
{
    /// <summary>getSynchronizeUnit also lists what is no more.</summary>
    public bool IsDeleted { get; init; }
}

/// <summary>A unit to be made known; no member may be null on this protocol's wire.</summary>
/// <param name="PCode">The code above it.</param>
public sealed record AgencyRegistration(string Code, string PCode, string Name, string Mail = "")
{
    public string Id { get; init; } = "";

    public string Mobile { get; init; } = "";

    public string Fax { get; init; } = "";
}
