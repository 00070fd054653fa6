using DocExchange.Axis.Protocol;
using DocExchange.Core.Delivery;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Hub.Edges.Vxp;

/// <summary>The protocol's words and the hub's terms. An unknown word is refused: nothing is guessed from the content.</summary>
internal static class VxpWords
{
    public static Problem? Check(SignedValues values, bool needsMessageType)
    {
        if (values.ServiceType is { } service && !service.Equals(VxpNames.ServiceEdoc, StringComparison.OrdinalIgnoreCase))
        {
            return new Problem(ProblemCatalogue.ProtocolWordUnknown, VxpNames.ServiceType, service, VxpNames.ServiceEdoc);
        }
        if (values.MessageType is null && !needsMessageType) return null;
        return values.MessageType?.ToLowerInvariant() is VxpNames.MessageEdoc or VxpNames.MessageStatus
            ? null
            : new Problem(ProblemCatalogue.ProtocolWordUnknown, VxpNames.MessageType, values.MessageType, $"{VxpNames.MessageEdoc}, {VxpNames.MessageStatus}");
    }

    public static MessageKind KindOf(SignedValues values) =>
        VxpNames.MessageStatus.Equals(values.MessageType, StringComparison.OrdinalIgnoreCase) ? MessageKind.Status : MessageKind.Document;

    public static string WordOf(MessageKind kind) => kind == MessageKind.Document ? VxpNames.MessageEdoc : VxpNames.MessageStatus;

    public static string WordOf(DeliveryState state) => state switch
    {
        DeliveryState.Available => VxpNames.StatusInitial,
        DeliveryState.Fetched => VxpNames.StatusInbox,
        DeliveryState.Sending or DeliveryState.Relayed => VxpNames.StatusProcessing,
        DeliveryState.Delivered => VxpNames.StatusDone,
        _ => VxpNames.StatusFail,
    };

    public static Problem? Period(SignedValues values, out DateTimeOffset? from, out DateTimeOffset? to)
    {
        to = null;
        var problem = Bound(VxpNames.FromDate, values.FromDate, out from) ?? Bound(VxpNames.ToDate, values.ToDate, out to);
        // Bounds are written in whole seconds, and the last one belongs to the period: an item made within it would never be listed.
        to = to?.AddMilliseconds(999);
        return problem;
    }

    /// <param name="done">True for done, false for fail, null for a word that reports progress only.</param>
    public static Problem? Answer(SignedValues values, out bool? done)
    {
        done = null;
        switch (values.Status?.ToLowerInvariant())
        {
            case VxpNames.StatusDone:
                done = true;
                return null;
            case VxpNames.StatusFail:
                done = false;
                return null;
            case VxpNames.StatusInbox or VxpNames.StatusProcessing or "acceptance" or "rejection":
                return null;
            default:
                return new Problem(ProblemCatalogue.ProtocolWordUnknown, VxpNames.Status, values.Status, $"{VxpNames.StatusDone}, {VxpNames.StatusFail}, {VxpNames.StatusProcessing}");
        }
    }

    private static Problem? Bound(string name, string? text, out DateTimeOffset? bound)
    {
        bound = null;
        if (text is null) return null;
        if (!VxpTimes.TryParseBound(text, out var utc)) return new Problem(ProblemCatalogue.ProtocolWordUnknown, name, text, "dd/MM/yyyy HH:mm:ss");
        bound = utc;
        return null;
    }
}
