using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using DocExchange.Axis.Protocol;
using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Edges.Vxp;

/// <summary>The directory as the axis SDK reads it, and its wishes to change it.</summary>
public sealed class VxpDirectory(IPartyStore store, CallerLines lines, VxpRefusals refusals, TimeProvider time)
{
    public Task ListAsync(VxpCall call) => VxpJson.AgenciesAsync(VxpAnswers.Begin(call.Http), Rows(call.Parties), call.Cancelled);

    public Task ListQD20Async(VxpCall call) => VxpJson.AgenciesQD20Async(VxpAnswers.Begin(call.Http), Rows(call.Parties), call.Cancelled);

    public Task ListUnitsAsync(VxpCall call) => VxpJson.UnitsAsync(VxpAnswers.Begin(call.Http), Rows(call.Parties), call.Cancelled);

    public async Task RegisterAsync(VxpCall call)
    {
        var (wish, problem) = await ReadWishAsync(call).ConfigureAwait(false);
        if (problem is not null)
        {
            await refusals.AnswerAsync(call, VxpOperations.RegisterAgency, problem).ConfigureAwait(false);
            return;
        }
        var parent = call.Parties.Directory.Find(wish!.ParentCode)!;
        if (MayChange(call))
        {
            var known = call.Parties.Directory.Find(wish.Code);
            var agency = (known ?? new Agency(0, wish.Code!.ToUpperInvariant(), "", parent.Id, parent.Kind)) with { Name = wish.Name!, Mail = wish.Mail, ParentId = parent.Id, ValidTo = null };
            await store.SaveAgencyAsync(agency, "system " + call.System.SystemId, call.Cancelled).ConfigureAwait(false);
        }
        else
        {
            await store.FileDirectoryRequestAsync(new DirectoryRequest(Ids.New(), call.System.Id, IsDeletion: false, wish.Code!, wish.Name, wish.ParentCode, wish.Mail,
                time.GetUtcNow(), DirectoryRequestState.Filed), call.Cancelled).ConfigureAwait(false);
        }
        await VxpAnswers.OkAsync(call.Http).ConfigureAwait(false);
    }

    public async Task DeleteAsync(VxpCall call)
    {
        var agency = call.Parties.Directory.Find(call.Values.AgencyCode);
        if (agency is null || !call.Parties.Serves(call.System, agency))
        {
            var kind = agency is null ? ProblemCatalogue.ReceiverUnknown : ProblemCatalogue.OutsideOwnTree;
            await refusals.AnswerAsync(call, VxpOperations.DeleteAgency, new Problem(kind, VxpNames.AgencyCode, call.Values.AgencyCode)).ConfigureAwait(false);
            return;
        }
        if (MayChange(call))
        {
            await store.SaveAgencyAsync(agency with { ValidTo = time.GetUtcNow() }, "system " + call.System.SystemId, call.Cancelled).ConfigureAwait(false);
        }
        else
        {
            await store.FileDirectoryRequestAsync(new DirectoryRequest(Ids.New(), call.System.Id, IsDeletion: true, agency.Code, null, null, null,
                time.GetUtcNow(), DirectoryRequestState.Filed), call.Cancelled).ConfigureAwait(false);
        }
        await VxpAnswers.OkAsync(call.Http).ConfigureAwait(false);
    }

    /// <summary>The body is not covered by the signature: without the grant and a trusted line it is only filed for the operator.</summary>
    private bool MayChange(VxpCall call) => call.System.MayRegisterAgencies && lines.IsTrusted(call.System, call.Http);

    private static async Task<(Wish? Wish, Problem? Problem)> ReadWishAsync(VxpCall call)
    {
        const int most = 64 * 1024;
        Wish? wish = null;
        var result = await call.Http.Request.BodyReader.ReadAtLeastAsync(most, call.Cancelled).ConfigureAwait(false);
        try
        {
            if (result.Buffer.Length < most) wish = Parse(result.Buffer);
        }
        catch (JsonException)
        {
            // Answered below like any other body that does not say what is to be registered.
        }
        finally
        {
            // A read that is not concluded makes the server drop the connection, and with it the client's next call.
            call.Http.Request.BodyReader.AdvanceTo(result.Buffer.End);
        }
        if (wish is null || string.IsNullOrWhiteSpace(wish.Name)) return (null, new Problem(ProblemCatalogue.RequestIncomplete, "name"));
        if (!AgencyCode.TryParse(wish.Code, out _)) return (null, new Problem(ProblemCatalogue.RequestIncomplete, "code"));
        if (string.IsNullOrWhiteSpace(wish.ParentCode)) return (null, new Problem(ProblemCatalogue.RequestIncomplete, "pcode"));
        var parent = call.Parties.Directory.Find(wish.ParentCode);
        var known = call.Parties.Directory.Find(wish.Code);
        if (parent is null || !call.Parties.Serves(call.System, parent) || (known is not null && !call.Parties.Serves(call.System, known)))
        {
            return (null, new Problem(ProblemCatalogue.OutsideOwnTree, "pcode", wish.ParentCode));
        }
        return (wish, null);
    }

    private static Wish? Parse(System.Buffers.ReadOnlySequence<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        return JsonSerializer.Deserialize<Wish>(ref reader);
    }

    private static IEnumerable<AgencyRow> Rows(PartyBook book) => book.Directory.All.Select(agency => new AgencyRow(
        agency.Id.ToString(CultureInfo.InvariantCulture), agency.ParentId?.ToString(CultureInfo.InvariantCulture), agency.Code, agency.Name, agency.Mail,
        agency.Aliases.Count > 0 ? agency.Aliases[0] : null, agency.Version, Deleted: agency.ValidTo is not null, ChangedAt: agency.ChangedAt));

    private sealed record Wish(
        [property: JsonPropertyName("code")] string? Code, [property: JsonPropertyName("pcode")] string? ParentCode,
        [property: JsonPropertyName("name")] string? Name, [property: JsonPropertyName("mail")] string? Mail);
}
