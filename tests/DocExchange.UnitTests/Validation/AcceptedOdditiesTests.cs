using DocExchange.Core.Envelopes;
using Xunit;

namespace DocExchange.UnitTests.Validation;

/// <summary>What looks wrong and is regular in real traffic: refusing it is a defect (problem examples, section 4).</summary>
public sealed class AcceptedOdditiesTests
{
    private static Envelope Letter => TestEnvelopes.Letter();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("null")]
    public void A_hop_without_an_organisation(string? organId) =>
        (Letter with { Trace = Letter.Trace! with { Hops = [Letter.Trace.Hops[0], new TraceHeader(organId, "2026/11/20 09:01:00")] } })
            .JudgedFromAgency().IsAcceptedWith("hop-without-organ");

    [Theory]
    [InlineData("001.00.20.TT2")]
    [InlineData("02.29.W00")]
    [InlineData("TLTVBQG_CDMDD_QD20")]
    public void A_hop_with_an_adapter_id(string organId) =>
        (Letter with { Trace = Letter.Trace! with { Hops = [Letter.Trace.Hops[0], new TraceHeader(organId, "2026/11/20 09:01:00")] } })
            .JudgedFromAgency().IsAccepted();

    [Fact]
    public void A_trace_without_business_is_a_new_document()
    {
        var envelope = Letter with { Trace = TestEnvelopes.Traced(null) };

        envelope.JudgedFromAgency().IsAccepted();
        Assert.Equal(BusinessType.New, envelope.BusinessType);
    }

    [Fact]
    public void An_empty_ResponseFor() => (Letter with { ResponseFor = [new Reference(null, null, null, null), new Reference("", "", "", "")] }).JudgedFromAgency().IsAccepted();

    [Theory]
    [InlineData("20/11/2026")]
    [InlineData("2026-11-20")]
    public void The_other_two_notations_of_dates(string date) =>
        (Letter with { PromulgationDate = date, DueDate = date, ResponseFor = [new Reference("H53", "1/A", date, "id")] }).JudgedFromAgency().IsAccepted();

    [Theory]
    [InlineData("71", "Công văn")]
    [InlineData("1", "Công văn")]
    [InlineData("-1", "Loại khác")]
    [InlineData("CV", "Công văn")]
    public void A_type_outside_the_official_lists(string type, string name) => (Letter with { Type = type, TypeName = name }).JudgedFromAgency().IsAccepted();

    [Fact]
    public void A_number_that_is_no_number_and_an_id_that_says_another() =>
        (Letter with { CodeNumber = "74fass22" }).JudgedFromAgency().IsAcceptedWith("number-differs-from-document-id");

    [Fact]
    public void A_due_date_before_the_date_of_issue() => (Letter with { DueDate = "2026/09/28" }).JudgedFromAgency().IsAcceptedWith("due-date-before-date");

    [Fact]
    public void A_first_hop_that_is_not_the_sender() =>
        (Letter with { Trace = Letter.Trace! with { Hops = [new TraceHeader("000.00.00.G22", "2026/11/20 09:00:00")] } })
            .JudgedFromAgency().IsAcceptedWith("first-hop-is-not-sender");

    [Fact]
    public void A_document_id_that_begins_with_another_organisation() =>
        (Letter with { DocumentId = "000.00.00.G22,2015/09/30,123/VPCP" }).JudgedFromAgency().IsAcceptedWith("document-id-of-other-organ");

    [Theory]
    [InlineData("0b2f5d0e-0c4a-4f8e-9d43-000000000000")]
    [InlineData("H41-2026-123/UBND-VX")]
    [InlineData("bất kỳ, thứ gì")]
    public void A_document_id_of_any_form(string id)
    {
        var result = (Letter with { DocumentId = id }).JudgedFromAgency();

        result.IsAccepted();
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void What_a_peer_leaves_out_that_the_axis_does_not_write() =>
        (Letter with
        {
            From = new Organ("020100000001"), CodeNumber = null, CodeNotation = null, Place = null, Type = null, TypeName = null, Content = null,
            SignerInfo = null, DocumentId = null, DueDate = null, ToPlaces = [], OtherInfo = new OtherInfo(PromulgationAmount: "0", PageAmount: "0"),
        }).JudgedFromPeer().IsAccepted();
}
