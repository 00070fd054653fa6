using System.Diagnostics.CodeAnalysis;
using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Intake;
using DocExchange.Core.Packages;
using DocExchange.Core.Packages.Outlines;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Edges.Received;

namespace DocExchange.Hub.Edges.Rest;

/// <summary>
/// The edXML status package that the hub writes for a system that reports in other words: a pure function of the request and of the document
/// it speaks of, neither of which changes.
/// </summary>
/// <param name="About">What the package takes from the document, kept beside the request.</param>
internal sealed record StatusPackage(PackageOutline Outline, IReadOnlyList<(string Name, string Value)> About)
{
    /// <summary>Of the recipient's office about an item of its mailbox. False when a text holds what XML cannot.</summary>
    public static bool TryMake(MailboxItem item, StatusRequest status, [NotNullWhen(true)] out StatusPackage? package)
    {
        var about = new Reference(item.Sender, item.Code, item.PromulgationDate, item.DocumentId);
        var from = new Organ(item.Recipient, null, item.RecipientName);
        package = Write(from, about, status) is { } outline ? new StatusPackage(outline, [("item", item.ItemId), ("from", item.Recipient), ("about", item.DocumentId ?? "")]) : null;
        return package is not null;
    }

    /// <summary>Of the sender, which asks one recipient to give a document back. False when a text holds what XML cannot.</summary>
    public static bool TryMakeRecall(DocumentTrack track, DeliveryTrack delivery, StatusRequest status, [NotNullWhen(true)] out StatusPackage? package)
    {
        var about = new Reference(delivery.Agency, track.Code, track.PromulgationDate, track.DocumentId);
        var from = new Organ(track.Sender, null, track.SenderName);
        package = Write(from, about, status) is { } outline
            ? new StatusPackage(outline, [("document", track.DocId), ("from", track.Sender), ("to", delivery.Agency), ("about", track.DocumentId ?? "")])
            : null;
        return package is not null;
    }

    /// <param name="request">What the caller sent, whole: the original of the document this becomes.</param>
    public Task<IntakeResult> AcceptAsync(IntakeDesk desk, Submission submission, RequestStaging request, CancellationToken cancellationToken) => desk.AcceptAsync(
        submission with { AnnouncedKind = MessageKind.Status, BuiltFrom = request.Finish(About).Building(Outline) }, cancellationToken);

    private static PackageOutline? Write(Organ from, Reference about, StatusRequest status)
    {
        var envelope = new Envelope
        {
            Kind = MessageKind.Status,
            From = from,
            ResponseFor = [about],
            Status = new StatusReport(status.Code, status.Description, VietnamTime.Write(status.At), status.Staff is { } who ? new StaffInfo(who.Department, who.Name, who.Email, who.Mobile) : null),
        };
        try
        {
            return PackageOutline.Of(target => PackageWriter.WriteStatus(target, envelope));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
