namespace DocExchange.Axis.Protocol;

/// <summary>Why a call is not authentic. All are answered with code 15; only <see cref="NonAsciiValue"/> is no sign of an attack.</summary>
public enum SignatureFault
{
    /// <summary>systemid, sign-header or hash-header did not arrive, or arrived more than once.</summary>
    MissingHeaders,

    /// <summary>Made with another secret, or by a system that does not exist: the two must not be told apart by the caller.</summary>
    WrongSignature,

    /// <summary>As <see cref="WrongSignature"/>, but a value left the ASCII range, which the SDK's HTTP client mutilates: "description must be ASCII".</summary>
    NonAsciiValue,

    /// <summary>The signed text is not exactly one JSON object of strings.</summary>
    NotOneObject,

    /// <summary>A name occurs twice in the signed text, perhaps in another case.</summary>
    DuplicateMember,

    /// <summary>A header differs from its signed value, is missing, or arrived twice with different values.</summary>
    HeaderMismatch,

    /// <summary>A value that would decide something arrived outside the signed text.</summary>
    UnsignedHeader,
}

/// <summary>What a call's signature is worth.</summary>
public abstract record SignatureCheck
{
    private SignatureCheck() { }

    /// <summary>Authentic: <see cref="Values"/> are exactly what the caller signed.</summary>
    public sealed record Valid(SignedValues Values) : SignatureCheck;

    /// <summary>Not authentic. <see cref="Name"/> is the value it failed at, where there is one (from outside: show it shortened).</summary>
    public sealed record Invalid(SignatureFault Fault, string? Name = null) : SignatureCheck;
}
