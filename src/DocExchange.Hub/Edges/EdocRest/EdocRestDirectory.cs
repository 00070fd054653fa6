using System.Text.Json;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;
using Microsoft.AspNetCore.Http.Features;

namespace DocExchange.Hub.Edges.EdocRest;

/// <summary>The directory as this dialect reads it, and its question whether a document has been sent already.</summary>
public sealed class EdocRestDirectory(IExchangeStore store, CallRefusals refusals, TimeProvider time)
{
    private const int LargestQuestion = 64 * 1024;

    /// <summary>The units directly below an organisation.</summary>
    public async Task ListAsync(EdocRestCall call)
    {
        var directory = call.Caller.Parties.Directory;
        var code = call.Http.Request.Query["organId"].ToString() is { Length: > 0 } asked ? asked : call.Caller.OrganId;
        if (directory.Find(code) is not { } parent)
        {
            await RefuseAsync(call, new Problem(ProblemCatalogue.ReceiverUnknown, "organId", code)).ConfigureAwait(false);
            return;
        }
        var now = time.GetUtcNow();
        var units = directory.ChildrenOf(parent.Id).Where(u => u.IsValidAt(now)).OrderBy(u => u.Code, StringComparer.Ordinal);
        await EdocRestAnswers.OkAsync(call.Http, json =>
        {
            json.WriteStartArray("organizations");
            foreach (var unit in units) Write(json, unit, parent);
            json.WriteEndArray();
        }).ConfigureAwait(false);
    }

    /// <summary>Whether a document of this number and notation went from one organisation to the other, as far as the caller sent or received it.</summary>
    public async Task CheckExistAsync(EdocRestCall call)
    {
        if (await ReadAsync(call).ConfigureAwait(false) is not { FromOrgan: { Length: > 0 } from, ToOrgan: { Length: > 0 } to, DocCode: { Length: > 0 } code })
        {
            await RefuseAsync(call, new Problem(ProblemCatalogue.RequestIncomplete, "fromOrgan, toOrgan, docCode")).ConfigureAwait(false);
            return;
        }
        var directory = call.Caller.Parties.Directory;
        var exists = directory.Find(from) is { } sender && directory.Find(to) is { } recipient && await IsKnownAsync(call, sender, recipient, code).ConfigureAwait(false);
        await EdocRestAnswers.OkAsync(call.Http, json => json.WriteBoolean("isExist", exists), code: "200").ConfigureAwait(false);
    }

    private async Task<bool> IsKnownAsync(EdocRestCall call, Agency sender, Agency recipient, string code)
    {
        var search = new DocumentSearch { Code = code, WholeCode = true, Senders = [sender.Id], Recipients = [recipient.Id], Limit = 1 };
        return (await store.SearchAsync(call.Caller.Scope, search, call.Cancelled).ConfigureAwait(false)).Documents.Count > 0;
    }

    private async Task RefuseAsync(EdocRestCall call, Problem problem)
    {
        var receipt = await refusals.RecordAsync(call.Caller.System, call.Operation.Name, problem, null, call.Cancelled).ConfigureAwait(false);
        await EdocRestAnswers.RefuseAsync(call.Http, call.Operation, problem, receipt).ConfigureAwait(false);
    }

    private static async Task<Question?> ReadAsync(EdocRestCall call)
    {
        call.Http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = LargestQuestion;
        try
        {
            return await JsonSerializer.DeserializeAsync<Question>(call.Http.Request.Body, JsonSerializerOptions.Web, call.Cancelled).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, Agency unit, Agency parent)
    {
        json.WriteStartObject();
        json.WriteString("organId", unit.Code);
        json.WriteString("organizationInCharge", parent.Name);
        json.WriteString("organName", unit.Name);
        json.WriteString("organAdd", "");
        json.WriteString("email", unit.Mail ?? "");
        json.WriteString("telephone", "");
        json.WriteString("fax", "");
        json.WriteString("website", "");
        json.WriteEndObject();
    }

    private sealed record Question(string? FromOrgan, string? ToOrgan, string? DocCode);
}
