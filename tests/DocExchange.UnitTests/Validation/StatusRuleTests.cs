using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;
using Xunit;

namespace DocExchange.UnitTests.Validation;

public sealed class StatusRuleTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("07")]
    [InlineData("999")]
    [InlineData("abc")]
    [Trait("Row", "37")]
    public void Row_37_a_code_that_is_missing_or_unknown_is_refused_under_both_profiles(string? code) =>
        TestEnvelopes.Status(code).IsRefusedUnderBothProfiles(ProblemCatalogue.StatusCodeNotAllowed, "22", "MessageHeader.StatusCode");

    [Theory]
    [InlineData("1")]
    [InlineData("01")]
    [InlineData("13")]
    [Trait("Row", "37")]
    public void Row_37_one_digit_and_two_are_accepted(string code) => TestEnvelopes.Status(code).JudgedFromAgency().IsAccepted();

    [Theory]
    [InlineData("02", null)]
    [InlineData("2", "")]
    [InlineData("16", " \t ")]
    [Trait("Row", "38")]
    public void Row_38_a_refusal_without_a_reason_is_refused_under_both_profiles(string code, string? reason) =>
        TestEnvelopes.Status(code, reason).IsRefusedUnderBothProfiles(ProblemCatalogue.StatusReasonMissing, "22", "N.MessageHeader.Description");

    [Theory]
    [InlineData("01")]
    [InlineData("03")]
    [InlineData("06")]
    [InlineData("15")]
    [Trait("Row", "38")]
    public void Row_38_other_statuses_need_no_reason(string code) => TestEnvelopes.Status(code, null).JudgedFromAgency().IsAccepted();

    [Fact]
    public void A_recall_without_a_reason_is_a_warning() => TestEnvelopes.Status("13", "").JudgedFromAgency().IsAcceptedWith("recall-without-reason");

    [Fact]
    public void A_status_must_name_its_document_by_id()
    {
        const string path = "MessageHeader.ResponseFor.DocumentId";
        (TestEnvelopes.Status() with { ResponseFor = [] }).IsRefusedUnderBothProfiles(ProblemCatalogue.ElementMissing, "22", path);
        (TestEnvelopes.Status() with { ResponseFor = [new Reference("H41", "1/A", "2026/11/20", null)] })
            .IsRefusedUnderBothProfiles(ProblemCatalogue.ElementMissing, "22", path);
    }

    [Fact]
    public void A_status_without_the_documents_code_is_refused_from_agencies_only()
    {
        var envelope = TestEnvelopes.Status() with { ResponseFor = [new Reference("H41", null, "2026/11/20", "id")] };

        envelope.JudgedFromAgency().IsRefused(ProblemCatalogue.ElementMissing, "22", "N.MessageHeader.ResponseFor.Code");
        envelope.JudgedFromPeer().IsAcceptedWith("element-missing");
    }

    [Fact]
    public void A_status_about_two_documents_is_refused_because_each_reader_would_take_another()
    {
        var reference = TestEnvelopes.Status().ResponseFor[0];

        (TestEnvelopes.Status() with { ResponseFor = [reference, reference with { DocumentId = "other" }] })
            .IsRefusedUnderBothProfiles(ProblemCatalogue.StatusNamesSeveralDocuments, "22", "DX-7007");
        (TestEnvelopes.Status() with { ResponseFor = [reference, new Reference(null, "", null, null)] }).JudgedFromAgency().IsAccepted();
    }

    [Theory]
    [InlineData(null, "N.MessageHeader.Timestamp")]
    [InlineData("2014/02/30 10:00:00", "T.MessageHeader.Timestamp")]
    [InlineData("noon", "T.MessageHeader.Timestamp")]
    public void A_status_without_a_readable_time_is_refused_from_agencies_and_gets_the_time_of_arrival_from_peers(string? timestamp, string peerCode)
    {
        var envelope = TestEnvelopes.Status(timestamp: timestamp);

        var first = envelope.JudgedFromAgency().First!;
        Assert.Equal(peerCode, DocExchange.Axis.Codes.AxisErrors.PeerCodeOf(first));
        envelope.JudgedFromPeer().IsAccepted();
    }

    [Fact]
    public void A_status_older_than_its_document_tells_of_a_wrong_clock_and_is_accepted() =>
        TestEnvelopes.Status(timestamp: "2026/11/19 11:08:36").JudgedFromAgency().IsAcceptedWith("status-before-document");

    [Fact]
    public void A_status_from_the_future_tells_of_a_wrong_clock_and_is_accepted() =>
        TestEnvelopes.Status(timestamp: "2027/01/01 00:00:00").JudgedFromAgency().IsAcceptedWith("status-in-future");
}
