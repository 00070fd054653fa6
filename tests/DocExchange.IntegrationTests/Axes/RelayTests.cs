using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Delivery;
using DocExchange.Core.Evidence;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Axes;

/// <summary>Documents and statuses over an axis, both ways, between real hubs.</summary>
public sealed partial class RelayTests
{
    [Fact]
    public async Task A_document_for_a_ministry_arrives_over_the_axis_once_with_one_hop_more_and_its_copy_is_in_the_evidence()
    {
        await using var pair = await AxisPair.StartAsync();
        var letter = new Letter { To = [AxisPair.Ministry, "H30.12"] };

        var sent = (await pair.Province.SendAsync(letter)).Ok();
        await UntilRelayedAsync(pair, sent.DocId);

        var arrived = Assert.Single(await pair.Axis.ListAsync(TestHub.Peer));
        using var copy = new MemoryStream();
        await pair.Axis.Client(TestHub.Peer).FetchAsync(arrived.DocId, copy);
        var text = Encoding.UTF8.GetString(copy.ToArray());
        Assert.Contains($"<edXML:TraceHeader><edXML:OrganId>{TestHub.Province}</edXML:OrganId>", text, StringComparison.Ordinal);
        Assert.Equal(letter.Text, OwnHop().Replace(text, ""));
        var leaf = Assert.Single(pair.Province.Entries(), e => e.Event == EvidenceEvents.RelayAcceptance);
        Assert.Equal(SHA256.HashData(copy.ToArray()), leaf.Digest);
        Assert.Equal([AxisPair.Ministry], leaf.Recipients);
        // The department's copy is the original, byte for byte, and waited for nothing.
        Assert.Single(await pair.Province.ListAsync(TestHub.Department));
    }

    [Fact]
    public async Task A_document_and_a_status_from_the_axis_are_taken_in_and_answered_and_the_recipients_status_goes_back()
    {
        await using var pair = await AxisPair.StartAsync();
        var letter = new Letter { From = AxisPair.Ministry, To = ["H30.12", "G22"] };

        (await pair.Axis.SendAsync(letter, TestHub.Peer)).Ok();
        await pair.UntilAsync(async () => (await pair.Province.ListAsync(TestHub.Department)).Count == 1, "the letter's arrival");
        await pair.UntilAsync(async () => (await pair.Axis.ListAsync(TestHub.Province)).Count == 0, "the answer");
        (await pair.Province.SendAsync(new StatusPaper(letter, "H30.12", "03"), TestHub.Department)).Ok();

        await pair.UntilAsync(async () => (await pair.Axis.ListAsync(TestHub.Peer, VxpNames.MessageStatus)).Count > 0, "the status' way back");
    }

    [Fact]
    public async Task A_status_of_a_ministry_reaches_the_sender_in_the_province()
    {
        await using var pair = await AxisPair.StartAsync();
        var letter = new Letter { To = [AxisPair.Ministry] };
        var sent = (await pair.Province.SendAsync(letter)).Ok();
        await UntilRelayedAsync(pair, sent.DocId);

        (await pair.Axis.SendAsync(new StatusPaper(letter, AxisPair.Ministry, "03"), TestHub.Peer)).Ok();

        await pair.UntilAsync(async () => (await pair.Province.TrackAsync(sent.DocId)).Statuses.Any(s => s.Code == 3), "status 03");
        Assert.Single(await pair.Province.ListAsync(TestHub.Province, VxpNames.MessageStatus));
    }

    private static Task UntilRelayedAsync(AxisPair pair, string docId) => pair.UntilAsync(
        async () => (await pair.Province.TrackAsync(docId)).Deliveries.Any(d => d.State == DeliveryState.Relayed), "the relay");

    [GeneratedRegex("<edXML:TraceHeader><edXML:OrganId>" + TestHub.Province + "</edXML:OrganId>.*?</edXML:TraceHeader>")]
    private static partial Regex OwnHop();
}
