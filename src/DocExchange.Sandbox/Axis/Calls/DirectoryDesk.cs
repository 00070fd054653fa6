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

    public Task<AxisAnswer> ListAsync(AxisCall call) => Task.FromResult(AxisAnswer.Streamed((output, ct) => VxpJson.AgenciesAsync(output, Rows(call, withDeleted: false), ct)));

    public Task<AxisAnswer> ListQD20Async(AxisCall call) => Task.FromResult(AxisAnswer.Streamed((output, ct) => VxpJson.AgenciesQD20Async(output, Rows(call, withDeleted: false), ct)));

    public Task<AxisAnswer> ListUnitsAsync(AxisCall call) => Task.FromResult(AxisAnswer.Streamed((output, ct) => VxpJson.UnitsAsync(output, Rows(call, withDeleted: true), ct)));

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

    private IEnumerable<AgencyRow> Rows(AxisCall call, bool withDeleted)
    {
        var listed = book.Listed;
        var ids = listed.ToDictionary(one => one.Organ.Code, one => Text(one.Id), StringComparer.OrdinalIgnoreCase);
        var own = listed.Where(one => withDeleted || !one.IsDeleted).Select(one => new AgencyRow(
            Text(one.Id), one.Organ.Parent is { } parent ? ids.GetValueOrDefault(parent) : null, one.Organ.Code, one.Organ.Name, one.Organ.Mail,
            one.Organ.OldCode, one.Version, null, one.IsDeleted, one.ChangedAt - settings.Readings.ZoneShift));
        return call.Faults.Disturb(own.Concat(book.Generated(withDeleted)));
    }

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    private sealed record Wish(string? Code, string? PCode, string? Name, string? Mail);
}
