using System.Globalization;
using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Edoc;

namespace DocExchange.Hub.Edges.EdocSoap;

/// <summary>What waits for the calling organisation: list, fetch as edXML 1.0, confirm.</summary>
internal sealed class EdocSoapInbox(EdocMailbox mailbox, Version1Rendering rendering, CallRefusals refusals)
{
    public async Task ListAsync(EdocSoapCall call)
    {
        var items = await mailbox.ListAsync(call.Caller, MessageKind.Document, call.Cancelled).ConfigureAwait(false);
        using var answer = EdocSoapAnswer.Begin(call);
        answer.Open("DocumentIds");
        foreach (var number in items.Select(i => i.DocumentNumber).Distinct()) answer.Text("DocumentId", number.ToString(CultureInfo.InvariantCulture));
        await answer.EndAsync().ConfigureAwait(false);
    }

    public async Task GetAsync(EdocSoapCall call)
    {
        if (await mailbox.FetchAsync(call.Caller, Number(call), MessageKind.Document, call.Cancelled).ConfigureAwait(false) is not { } found)
        {
            await RefuseUnknownAsync(call).ConfigureAwait(false);
            return;
        }
        if (found.Item.Withheld is { } withheld)
        {
            await RefuseAsync(call, withheld).ConfigureAwait(false);
            return;
        }
        await using (found.Package.ConfigureAwait(false))
        {
            await rendering.WriteAsync(call, found.Item, found.Package).ConfigureAwait(false);
        }
        Milestones.Reached(Milestones.AfterFetch);
    }

    public async Task ConfirmAsync(EdocSoapCall call)
    {
        var known = await mailbox.ConfirmAsync(call.Caller, Number(call), call.Cancelled).ConfigureAwait(false);
        await (known ? EdocSoapAnswer.ReportAsync(call) : RefuseUnknownAsync(call)).ConfigureAwait(false);
    }

    private static long? Number(EdocSoapCall call) =>
        long.TryParse(call.Value("DocumentId"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>"Not yours" and "does not exist" are one answer.</summary>
    private Task RefuseUnknownAsync(EdocSoapCall call) =>
        RefuseAsync(call, call.Value("DocumentId") is { } id ? new Problem(ProblemCatalogue.DeliveryNotFound, Value: id) : new Problem(ProblemCatalogue.RequestIncomplete, "DocumentId"));

    private async Task RefuseAsync(EdocSoapCall call, Problem problem)
    {
        var receipt = await refusals.RecordAsync(call.Caller.System, call.Operation.Name, problem, null, call.Cancelled).ConfigureAwait(false);
        await EdocSoapAnswer.RefuseAsync(call, problem, receipt).ConfigureAwait(false);
    }
}
