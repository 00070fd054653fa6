using System.Globalization;
using System.Text.Json;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Envelopes;
using DocExchange.Sandbox.Axis.Parties;

namespace DocExchange.Sandbox.Axis.Calls;

/// <summary>The axis' directory, and what systems change in it.</summary>
internal sealed class DirectoryDesk(AxisBook book, AxisSettings settings)
{
    private const int LongestWish = 64 * 1024;

    public Task<AxisAnswer> ListAsync(AxisCall call) => Task.FromResult(AxisAnswer.Streamed((output, ct) => VxpJson.AgenciesAsync(output, call.Faults.Disturb(Current()), ct)));

    public Task<AxisAnswer> ListQD20Async(AxisCall call) => Task.FromResult(AxisAnswer.Streamed((output, ct) => VxpJson.AgenciesQD20Async(output, call.Faults.Disturb(Current()), ct)));

    public Task<AxisAnswer> ListUnitsAsync(AxisCall call) => Task.FromResult(AxisAnswer.Streamed((output, ct) => VxpJson.UnitsAsync(output, Rows(book.Listed), ct)));

    /// <summary>Adds or changes a unit below one that the system serves.</summary>
    public async Task<AxisAnswer> RegisterAsync(AxisCall call)
    {
        Wish? wish = null;
        try
        {
            if (call.Http.Request.ContentLength is > 0 and < LongestWish)
                wish = await JsonSerializer.DeserializeAsync<Wish>(call.Http.Request.Body, JsonSerializerOptions.Web, call.Cancelled).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            // Said below, as for every other body that is no wish.
        }
        if (wish is not { Name.Length: > 0 } || !AgencyCode.TryParse(wish.Code, out var code)) return Refused(call, VxpCodes.WrongFormat, "code, name and pcode are needed; code as QD 20/2020 writes it.");
        if (book.Find(wish.PCode) is not { } parent) return Refused(call, VxpCodes.UnknownReceiver, $"There is no agency {wish.PCode} to register below.");
        if (!IsOwn(call, parent) || (book.Find(code.Value) is { } known && !IsOwn(call, known))) return Refused(call, VxpCodes.SenderNotAllowed, "This system does not serve that agency.");
        book.Save(new AxisOrgan(code.Value, wish.Name, null, parent.Code, wish.Mail), call.System.SystemId);
        return AxisAnswer.Ok();
    }

    public Task<AxisAnswer> DeleteAsync(AxisCall call)
    {
        if (book.Find(call.Values.AgencyCode) is not { } organ) return Task.FromResult(Refused(call, VxpCodes.UnknownReceiver, $"There is no agency {call.Values.AgencyCode}."));
        if (!IsOwn(call, organ)) return Task.FromResult(Refused(call, VxpCodes.SenderNotAllowed, "This system does not serve that agency."));
        book.Delete(organ);
        return Task.FromResult(AxisAnswer.Ok());
    }

    private bool IsOwn(AxisCall call, AxisOrgan organ) => call.System.SystemId.Equals(book.SystemOf(organ), StringComparison.OrdinalIgnoreCase);

    private AxisAnswer Refused(AxisCall call, int code, string text) => AxisAnswer.Refused(call.Operation, code, text, settings.Readings.RefusalsHaveHttpStatus);

    private IReadOnlyList<AgencyRow> Current() => [.. Rows(book.Listed.Where(listed => !listed.IsDeleted))];

    private IEnumerable<AgencyRow> Rows(IEnumerable<ListedOrgan> organs)
    {
        var ids = book.Listed.ToDictionary(listed => listed.Organ.Code, listed => Text(listed.Id), StringComparer.OrdinalIgnoreCase);
        return organs.Select(listed => new AgencyRow(
            Text(listed.Id), listed.Organ.Parent is { } parent ? ids.GetValueOrDefault(parent) : null, listed.Organ.Code, listed.Organ.Name, listed.Organ.Mail,
            listed.Organ.OldCode, listed.Version, "CENTER", listed.IsDeleted, listed.ChangedAt - settings.Readings.ZoneShift));
    }

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    private sealed record Wish(string? Code, string? PCode, string? Name, string? Mail);
}
