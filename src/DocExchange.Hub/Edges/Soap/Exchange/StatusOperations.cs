using System.Text;
using System.Xml.Linq;
using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Intake;
using DocExchange.Core.Packages;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Edges.Received;
using DocExchange.Hub.Edges.Rest;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>
/// Reporting a status and asking for a document back without writing edXML. The hub writes the package and hands it to the same desk as one
/// that was sent; the operation's element, without the envelope around it, is its original.
/// </summary>
internal sealed class StatusOperations(IExchangeStore store, IPackageStore packages, PackageLimits limits, IntakeDesk desk)
{
    public async Task<SoapReply> ReportAsync(SoapCall call, XElement request)
    {
        var arguments = SoapArguments.Of(request, "ItemId", "Code", "At", "Description", "StaffDepartment", "StaffName", "StaffEmail", "StaffMobile", "Key");
        var id = arguments.Required("ItemId");
        var staff = new StatusStaff(arguments.Optional("StaffDepartment"), arguments.Optional("StaffName"), arguments.Optional("StaffEmail"), arguments.Optional("StaffMobile"));
        var status = new StatusRequest(arguments.Required("Code"), arguments.Time("At"), arguments.Optional("Description"), staff == new StatusStaff() ? null : staff);
        var key = arguments.Key("statuses");
        if (arguments.Problem is { } problem) return new SoapReply.Refused(problem);
        var item = await store.FindItemAsync(call.Scope, id, call.Cancelled).ConfigureAwait(false);
        if (item is not { Kind: MessageKind.Document }) return new SoapReply.Refused(new Problem(ProblemCatalogue.DeliveryNotFound, "ItemId", id));
        return StatusPackage.TryMake(item, status, out var package)
            ? await AcceptAsync(call, request, package, key).ConfigureAwait(false)
            : new SoapReply.Refused(new Problem(ProblemCatalogue.RequestUnreadable, "Description"));
    }

    public async Task<SoapReply> RecallAsync(SoapCall call, XElement request)
    {
        var arguments = SoapArguments.Of(request, "DocId", "Recipient", "At", "Description", "Key");
        var (id, recipient) = (arguments.Required("DocId"), arguments.Required("Recipient"));
        var status = new StatusRequest(HandlingStatus.RecallAsked.Text, arguments.Time("At"), arguments.Optional("Description"));
        var key = arguments.Key("recalls");
        if (arguments.Problem is { } problem) return new SoapReply.Refused(problem);
        var track = await store.TrackAsync(call.Scope, id, call.Cancelled).ConfigureAwait(false);
        if (track is not { Kind: MessageKind.Document }) return new SoapReply.Refused(new Problem(ProblemCatalogue.DeliveryNotFound, "DocId", id));
        var named = call.Parties.Directory.Find(recipient);
        if (track.Deliveries.FirstOrDefault(d => call.Parties.Directory.Find(d.Agency)?.Id == named?.Id) is not { } delivery) return new SoapReply.Refused(new Problem(ProblemCatalogue.ReceiverNotInPackage, "Recipient", recipient));
        return StatusPackage.TryMakeRecall(track, delivery, status, out var package)
            ? await AcceptAsync(call, request, package, key).ConfigureAwait(false)
            : new SoapReply.Refused(new Problem(ProblemCatalogue.RequestUnreadable, "Description"));
    }

    private async Task<SoapReply> AcceptAsync(SoapCall call, XElement request, StatusPackage package, RequestKey? key)
    {
        using var staging = new RequestStaging(packages, limits, null);
        // Namespace prefixes are the envelope's and no part of what was asked.
        var original = new XElement(request.Name, request.Elements().Select(e => new XElement(e.Name, e.Value))).ToString(SaveOptions.DisableFormatting);
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(original));
        if (await staging.AddAsync(call.Operation, null, "application/xml", bytes, call.Cancelled).ConfigureAwait(false) is { } problem) return new SoapReply.Refused(problem);
        var submission = new Submission { Caller = call.System, Body = System.IO.Pipelines.PipeReader.Create(Stream.Null), Key = key };
        var result = await package.AcceptAsync(desk, submission, staging, call.Cancelled).ConfigureAwait(false);
        Milestones.Reached(Milestones.BeforeReply);
        return SendOperation.ReplyOf(result, call.Operation + "Response");
    }
}
