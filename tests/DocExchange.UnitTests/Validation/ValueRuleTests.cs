using DocExchange.Core.Envelopes;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Core.Validation;
using Xunit;

namespace DocExchange.UnitTests.Validation;

/// <summary>Codes, lengths, dates and closed lists: rows 19, 22, 24, 25, 26 of the problem examples.</summary>
public sealed class ValueRuleTests
{
    private static Envelope Letter => TestEnvelopes.Letter();

    [Theory]
    [InlineData("../../etc/x")]
    [InlineData("H30%00")]
    [InlineData("H30.01.02.03.04")]
    [InlineData("H30\u0000")]
    [InlineData("'; drop table x")]
    [InlineData(".H30")]
    [InlineData("H30.")]
    [Trait("Row", "19")]
    public void Row_19_what_is_no_organisation_code_is_refused_wherever_it_stands(string code)
    {
        (Letter with { From = Letter.From with { OrganId = code } })
            .IsRefusedUnderBothProfiles(ProblemCatalogue.OrganCodeMalformed, "22", "R.MessageHeader.From.OrganId");
        (Letter with { To = [Letter.To[0], new Organ(code, OrganName: "x")] })
            .IsRefusedUnderBothProfiles(ProblemCatalogue.OrganCodeMalformed, "22", "R.MessageHeader.To.OrganId");
        (Letter with { ResponseFor = [new Reference(code, "1/A", "2026/01/01", "id")] })
            .IsRefusedUnderBothProfiles(ProblemCatalogue.OrganCodeMalformed, "22", "R.MessageHeader.ResponseFor.OrganId");
        TestEnvelopes.Update().WithBusiness(business => business with { Receivers = [new ChangedReceiver(code, "1")] })
            .IsRefusedUnderBothProfiles(ProblemCatalogue.OrganCodeMalformed, "22",
                "R.MessageHeader.TraceHeaderList.Bussiness.BussinessDocumentInfo.ReceiverList.Receiver.OrganId");
        (TestEnvelopes.Status() with { From = new Organ(code) })
            .IsRefusedUnderBothProfiles(ProblemCatalogue.OrganCodeMalformed, "22", "R.MessageHeader.From.OrganId");
    }

    [Fact]
    [Trait("Row", "19")]
    public void Row_19_a_code_of_ten_thousand_characters_is_refused_and_not_repeated_whole()
    {
        var result = (Letter with { From = Letter.From with { OrganId = new string('H', 10_000) } }).JudgedFromAgency();

        result.IsRefused(ProblemCatalogue.OrganCodeMalformed, "22", "R.MessageHeader.From.OrganId");
        Assert.True(result.First!.English.Length < 250);
    }

    [Theory]
    [InlineData("H30")]
    [InlineData("H37.DN.001")]
    [InlineData("000.05.12.H30")]
    [InlineData("020100000001")]
    [InlineData("28.22.H17")]
    [InlineData("vxp.saas.03")]
    public void Every_notation_in_use_is_a_code(string code) => (Letter with { To = [new Organ(code, OrganName: "x")] }).JudgedFromAgency().IsAccepted();

    [Fact]
    [Trait("Row", "22")]
    public void Row_22_the_same_receiver_twice_is_refused_from_an_agency_and_one_delivery_from_a_peer()
    {
        var envelope = Letter with { To = [Letter.To[0], Letter.To[1], new Organ("h53", OrganName: "UBND tỉnh Tây Ninh")] };

        envelope.JudgedFromAgency().IsRefused(ProblemCatalogue.ReceiverTwice, "22", "MessageHeader.To.OrganId");
        Assert.Equal(2, envelope.JudgedFromAgency().First!.Ordinal);
        envelope.JudgedFromPeer().IsAcceptedWith("receiver-twice");
    }

    [Fact]
    [Trait("Row", "22")]
    public void Row_22_a_repetition_among_a_thousand_receivers_is_found()
    {
        Organ[] circular = [.. Enumerable.Range(0, 1000).Select(n => new Organ("H41." + n, OrganName: "x"))];

        (Letter with { To = circular }).JudgedFromAgency().IsAccepted();
        (Letter with { To = [.. circular, circular[7]] }).JudgedFromAgency().IsRefused(ProblemCatalogue.ReceiverTwice, "22", "MessageHeader.To.OrganId");
    }

    [Fact]
    [Trait("Row", "22")]
    public void Row_22_two_codes_of_one_organisation_are_not_the_same_receiver_twice() =>
        (Letter with { To = [new Organ("G12", OrganName: "Bộ Tài chính"), new Organ("000.00.00.G12", OrganName: "Bộ Tài chính")] })
            .JudgedFromAgency().IsAccepted();

    [Theory]
    [InlineData("R.MessageHeader.Code.CodeNumber", 11)]
    [InlineData("R.MessageHeader.Code.CodeNotation", 30)]
    [InlineData("MessageHeader.Subject", 500)]
    [InlineData("R.MessageHeader.From.OrganName", 200)]
    [InlineData("R.MessageHeader.To.OrganName", 200)]
    [Trait("Row", "24")]
    public void Row_24_a_text_over_its_limit_is_refused_under_both_profiles_and_one_at_the_limit_is_not(string peerCode, int limit)
    {
        Envelope With(string text) => peerCode switch
        {
            "R.MessageHeader.Code.CodeNumber" => Letter with { CodeNumber = text },
            "R.MessageHeader.Code.CodeNotation" => Letter with { CodeNotation = text },
            "MessageHeader.Subject" => Letter with { Subject = text },
            "R.MessageHeader.From.OrganName" => Letter with { From = Letter.From with { OrganName = text } },
            _ => Letter with { To = [Letter.To[0] with { OrganName = text }] },
        };

        With(new string('ộ', limit)).JudgedFromAgency().IsAccepted();
        With(new string('ộ', limit + 1)).IsRefusedUnderBothProfiles(ProblemCatalogue.ValueTooLong, "22", peerCode);
        With("a.b.c." + new string('x', limit)).IsRefusedUnderBothProfiles(ProblemCatalogue.ValueTooLong, "22", peerCode);
    }

    [Fact]
    [Trait("Row", "24")]
    public void Row_24_characters_are_counted_not_bytes_code_units_or_marks()
    {
        (Letter with { Subject = string.Concat(Enumerable.Repeat("😀", 500)) }).JudgedFromAgency().IsAccepted();
        (Letter with { Subject = string.Concat(Enumerable.Repeat("o\u0302\u0323", 500)) }).JudgedFromAgency().IsAccepted();
        (Letter with { Subject = string.Concat(Enumerable.Repeat("o\u0302\u0323", 501)) })
            .IsRefusedUnderBothProfiles(ProblemCatalogue.ValueTooLong, "22", "MessageHeader.Subject");
    }

    [Fact]
    public void A_long_minor_text_is_refused_from_agencies_and_a_warning_from_peers()
    {
        var envelope = Letter with { ToPlaces = ["Như trên", new string('x', 151)] };

        envelope.JudgedFromAgency().IsRefused(ProblemCatalogue.ValueTooLong, "22", "R.MessageHeader.ToPlaces.Place");
        Assert.Equal(1, envelope.JudgedFromAgency().First!.Ordinal);
        envelope.JudgedFromPeer().IsAcceptedWith("text-too-long");
    }

    [Fact]
    public void A_setting_tolerates_long_texts_from_a_peer_that_writes_them()
    {
        var context = new RuleContext(Profile.Peer, TestEnvelopes.Now) { Settings = new ValidationSettings { TolerateLongTextsFromPeers = true } };

        ValidationRules.Default.Judge((Letter with { Subject = new string('x', 501) }).Reading(), context).IsAcceptedWith("text-too-long");
    }

    [Theory]
    [InlineData("2014/02/30")]
    [InlineData("tomorrow")]
    [InlineData("2026/13/01")]
    [InlineData("20/2026/01")]
    [InlineData("2026/11/20 25:00:00")]
    [Trait("Row", "25")]
    public void Row_25_a_date_that_does_not_exist_is_refused_under_both_profiles(string date) =>
        (Letter with { PromulgationDate = date }).IsRefusedUnderBothProfiles(ProblemCatalogue.DateUnreadable, "22", "T.MessageHeader.PromulgationDate");

    [Fact]
    [Trait("Row", "25")]
    public void Row_25_a_date_in_the_future_is_refused_in_a_submission_and_a_warning_from_a_peer()
    {
        var envelope = Letter with { PromulgationDate = "2026/11/22" };

        envelope.JudgedFromAgency().IsRefused(ProblemCatalogue.DateInFuture, "22", "M.MessageHeader.PromulgationDate");
        envelope.JudgedFromPeer().IsAcceptedWith("date-in-future");
    }

    [Fact]
    [Trait("Row", "25")]
    public void Row_25_today_is_the_day_in_Vietnam_not_at_Greenwich()
    {
        var lateEvening = new RuleContext(Profile.Agency, new DateTimeOffset(2026, 11, 21, 17, 30, 0, TimeSpan.Zero));

        ValidationRules.Default.Judge((Letter with { PromulgationDate = "2026/11/22" }).Reading(), lateEvening).IsAccepted();
        ValidationRules.Default.Judge((Letter with { PromulgationDate = "2026/11/23" }).Reading(), lateEvening)
            .IsRefused(ProblemCatalogue.DateInFuture, "22", "M.MessageHeader.PromulgationDate");
    }

    [Fact]
    [Trait("Row", "25")]
    public void Row_25_no_date_is_ever_read_out_of_a_document_id() =>
        (TestEnvelopes.Update() with { DocumentId = "000.00.00.H41,2014/02/30,123/UBND-VX" })
            .WithBusiness(business => business with { DocumentId = "000.00.00.H41,2099/99/99,1/X" }).JudgedFromAgency().IsAccepted();

    [Fact]
    public void Another_unreadable_date_is_refused_from_agencies_and_a_warning_from_peers()
    {
        var envelope = Letter with { DueDate = "soon" };

        envelope.JudgedFromAgency().IsRefused(ProblemCatalogue.DateUnreadable, "22", "T.MessageHeader.DueDate");
        envelope.JudgedFromPeer().IsAcceptedWith("date-unreadable");
    }

    [Theory]
    [InlineData("9", false)]
    [InlineData("5", false)]
    [InlineData("-1", false)]
    [InlineData("urgent", false)]
    [InlineData("4", true)]
    [InlineData("0", true)]
    [InlineData("", true)]
    [Trait("Row", "26")]
    public void Row_26_a_priority_is_one_of_its_list(string priority, bool accepted)
    {
        var envelope = Letter with { OtherInfo = Letter.OtherInfo! with { Priority = priority } };

        if (accepted) envelope.JudgedFromAgency().IsAccepted();
        else envelope.IsRefusedUnderBothProfiles(ProblemCatalogue.ValueNotAllowed, "22", "M.MessageHeader.OtherInfo.Priority");
    }

    [Fact]
    [Trait("Row", "26")]
    public void Row_26_negative_amounts_and_unknown_flags_are_refused()
    {
        (Letter with { OtherInfo = Letter.OtherInfo! with { PageAmount = "-1" } })
            .IsRefusedUnderBothProfiles(ProblemCatalogue.ValueNotAllowed, "22", "M.MessageHeader.OtherInfo.PageAmount");
        (Letter with { OtherInfo = Letter.OtherInfo! with { PromulgationAmount = "-1" } })
            .IsRefusedUnderBothProfiles(ProblemCatalogue.ValueNotAllowed, "22", "M.MessageHeader.OtherInfo.PromulgationAmount");
        Letter.WithBusiness(business => business with { Paper = "2" })
            .IsRefusedUnderBothProfiles(ProblemCatalogue.ValueNotAllowed, "22", "M.MessageHeader.TraceHeaderList.Bussiness.Paper");
        TestEnvelopes.Update().WithBusiness(business => business with { Receivers = [new ChangedReceiver("H53", "5")] })
            .IsRefusedUnderBothProfiles(ProblemCatalogue.ValueNotAllowed, "22",
                "M.MessageHeader.TraceHeaderList.Bussiness.BussinessDocumentInfo.ReceiverList.Receiver.ReceiverType");
    }

    [Theory]
    [InlineData("4")]
    [InlineData("7")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [Trait("Row", "26")]
    public void Row_26_a_business_type_outside_its_list_is_refused_not_taken_for_a_new_document(string type) =>
        Letter.WithBusiness(business => business with { DocType = type })
            .IsRefusedUnderBothProfiles(ProblemCatalogue.ValueNotAllowed, "22", "M.MessageHeader.TraceHeaderList.Bussiness.BussinessDocType");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("new")]
    [Trait("Row", "26")]
    public void Row_26_a_missing_or_unreadable_business_type_is_a_new_document(string? type) =>
        Letter.WithBusiness(business => business with { DocType = type }).JudgedFromAgency().IsAcceptedWith("business-type-unreadable");

    [Fact]
    public void Priority_five_is_read_as_normal_only_from_a_peer_flagged_so()
    {
        var envelope = Letter with { OtherInfo = Letter.OtherInfo! with { Priority = "5" } };
        var settings = new ValidationSettings { PriorityFiveIsNormal = true };

        ValidationRules.Default.Judge(envelope.Reading(), new RuleContext(Profile.Peer, TestEnvelopes.Now) { Settings = settings }).IsAccepted();
        Assert.False(ValidationRules.Default.Judge(envelope.Reading(), new RuleContext(Profile.Agency, TestEnvelopes.Now) { Settings = settings }).IsAccepted);
    }
}
