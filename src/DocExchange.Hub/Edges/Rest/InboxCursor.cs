using System.Buffers.Text;
using System.Globalization;
using System.Text;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Tracking;

namespace DocExchange.Hub.Edges.Rest;

/// <summary>A place in a mailbox as callers hand it back for the next page: opaque to them, so that it may change.</summary>
internal static class InboxCursor
{
    public static string Write(MailboxPlace place) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{(int)place.Kind}.{place.Lane}.{place.DocumentNumber}.{place.Ordinal}")));

    public static bool TryRead(string text, out MailboxPlace? place)
    {
        place = null;
        if (text.Length > 100 || !Base64Url.IsValid(text)) return false;
        var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        if (parts.Length != 4 || parts[0] is not ("0" or "1") || !int.TryParse(parts[1], out var lane) || !long.TryParse(parts[2], out var number) || !int.TryParse(parts[3], out var ordinal)) return false;
        place = new MailboxPlace((MessageKind)(parts[0][0] - '0'), lane, number, ordinal);
        return true;
    }
}
