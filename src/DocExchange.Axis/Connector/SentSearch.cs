using DocExchange.Axis.Calls;
using DocExchange.Core;
using DocExchange.Core.Delivery;

namespace DocExchange.Axis.Connector;

/// <summary>
/// Looks for a call whose answer was lost in the axis' list of sent documents. Only what is certain counts: taking another document for
/// this one would lose it, while sending it again is absorbed by whoever has it. So the axis must list by DocumentId (some ignore the id they
/// are given), the DocumentId must be this document's alone, and every recipient must be listed.
/// </summary>
internal sealed class SentSearch(AxisLink link, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);
    private long? _asked;
    private bool _listsById;

    /// <summary>What the axis calls it; null when it is not certainly there.</summary>
    /// <exception cref="HttpRequestException">The list does not answer now: neither is known.</exception>
    public async Task<string?> FindAsync(VxpClient client, RelayCall call, CancellationToken cancellationToken)
    {
        if (!link.Settings.LookForSent || !call.HasOwnId || !await ListsByIdAsync(client, call, cancellationToken).ConfigureAwait(false)) return null;
        var answer = await client.SentListAsync(AxisTransport.WordOf(call.Kind), call.DocumentId, cancellationToken).ConfigureAwait(false);
        ThrowIfSilent(answer);
        if (answer.Value is not { } rows) return null;
        var ours = rows.Where(row => row.SenderDocId.Length > 0 && Same(row.From, call.Copy.Sender) && Same(row.Notation, call.Code) && Same(row.Title, call.Subject)).ToList();
        return ours.Count > 0 && call.Recipients.All(r => ours.Any(row => Same(row.To, r.Code))) ? ours[0].SenderDocId : null;
    }

    /// <summary>An axis that lists something under an id nobody has ignores the id.</summary>
    private async Task<bool> ListsByIdAsync(VxpClient client, RelayCall call, CancellationToken cancellationToken)
    {
        if (_asked is { } asked && time.GetElapsedTime(asked) < Remembered) return _listsById;
        var nothing = await client.SentListAsync(AxisTransport.WordOf(call.Kind), Ids.New(), cancellationToken).ConfigureAwait(false);
        ThrowIfSilent(nothing);
        (_listsById, _asked) = (nothing.Value is null or { Count: 0 }, time.GetTimestamp());
        return _listsById;
    }

    /// <summary>An axis that has no such list says so by HTTP; anything else may be otherwise in a moment.</summary>
    private static void ThrowIfSilent(VxpAnswer<IReadOnlyList<SentItem>> answer)
    {
        if (answer.Refusal is { IsTransient: true, HttpStatus: not (404 or 405 or 501) } silent)
            throw new HttpRequestException(HttpRequestError.ConnectionError, $"whether an attempt before arrived is not known: {silent.Text}");
    }

    private static bool Same(string one, string other) => one.Trim().Equals(other.Trim(), StringComparison.OrdinalIgnoreCase);
}
