using System.Globalization;
using DocExchange.Axis.Calls;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Delivery;

namespace DocExchange.Axis.Connector;

/// <summary>What an axis' answer, or its absence, means for a call.</summary>
internal static class CallOutcomes
{
    public static DeliveryOutcome Of(VxpAnswer<SentPackage> answer) => answer.Refusal is { } refusal ? Of(refusal) : new DeliveryOutcome.Delivered(answer.Value!.DocId);

    public static DeliveryOutcome Of(HttpRequestException fault) => fault.HttpRequestError is
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        ? new DeliveryOutcome.Transient($"no connection: {fault.Message}")
        : new DeliveryOutcome.Unknown($"the connection ended: {fault.Message}");

    private static DeliveryOutcome Of(VxpRefusal refusal)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"code {refusal.Code}: {refusal.Text}");
        if (!refusal.IsReadable)
        {
            return refusal.HttpStatus switch
            {
                413 or 414 or 431 => new DeliveryOutcome.Permanent(text),
                >= 400 and < 500 => new DeliveryOutcome.Transient(text) { NotBefore = refusal.RetryAfter },
                // Something else answered, or the axis broke off: it may have taken the package before.
                _ => new DeliveryOutcome.Unknown(text),
            };
        }
        return refusal.Code switch
        {
            VxpCodes.UnknownReceiver or VxpCodes.ReceiverLocked => new DeliveryOutcome.Permanent(text, MayBeOneRecipient: true),
            VxpCodes.InvalidFile or VxpCodes.SenderNotAllowed or VxpCodes.WrongFormat => new DeliveryOutcome.Permanent(text),
            // 15 is this hub's own secret or registration: no document becomes a dead letter for it. 21 may be damage on the way.
            _ => new DeliveryOutcome.Transient(text) { NotBefore = refusal.RetryAfter },
        };
    }
}
