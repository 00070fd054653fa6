using DocExchange.Axis.Protocol;
using DocExchange.Sandbox.Axis.Parties;

namespace DocExchange.Sandbox.Axis.Calls;

/// <summary>Who calls: the signed headers, verified as the protocol says. What does not verify is answered with code 15 and the reason.</summary>
internal sealed class AxisCallers(AxisBook book, AxisSettings settings)
{
    /// <summary>The caller, or why it is none.</summary>
    public (AxisSystem? System, SignedValues? Values, string? Problem) Authenticate(IHeaderDictionary received)
    {
        var headers = received.SelectMany(header => header.Value, (header, value) => new KeyValuePair<string, string>(header.Key, value ?? "")).ToList();
        var claimed = HeaderSignature.ClaimedSystemId(headers);
        return HeaderSignature.Verify(headers, book.SecretsOf(claimed)) switch
        {
            SignatureCheck.Valid valid when book.FindSystem(claimed!.Trim()) is { } system => IsFresh(valid.Values.Timestamp)
                ? (system, valid.Values, null)
                : (null, valid.Values, $"The timestamp is more than {settings.Readings.TimestampWindowSeconds} seconds from this clock."),
            SignatureCheck.Invalid { Fault: SignatureFault.NonAsciiValue } => (null, null, "The signature does not match and a value is not ASCII: a description must be ASCII."),
            SignatureCheck.Invalid invalid => (null, null, $"Wrong SystemId or SecretKey ({invalid.Fault}{(invalid.Name is null ? "" : " " + invalid.Name)})."),
            _ => (null, null, "Wrong SystemId or SecretKey."),
        };
    }

    private bool IsFresh(string? timestamp)
    {
        if (settings.Readings.TimestampWindowSeconds is not (> 0 and var window)) return true;
        return VxpTimes.TryParseTimestamp(timestamp, out var at) && (settings.Time.GetUtcNow() - at).Duration() <= TimeSpan.FromSeconds(window);
    }
}
