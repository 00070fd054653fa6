using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;
using Xunit;

namespace DocExchange.UnitTests.Validation;

[Trait("Row", "17")]
public sealed class PresenceRuleTests
{
    [Fact]
    public void A_complete_package_of_every_kind_passes_the_strict_profile_without_a_warning()
    {
        foreach (var envelope in new[]
                 {
                     TestEnvelopes.Letter(), TestEnvelopes.Revocation(), TestEnvelopes.Update(), TestEnvelopes.Replacement(), TestEnvelopes.Status(),
                 })
        {
            envelope.JudgedFromAgency().IsAccepted();
            Assert.Empty(envelope.JudgedFromAgency().Warnings);
        }
    }

    public static TheoryData<string> MissingEverywhere() => [.. Everywhere.Keys];

    [Theory]
    [MemberData(nameof(MissingEverywhere))]
    public void Row_17_a_missing_core_element_is_refused_under_both_profiles_by_its_path(string peerCode) =>
        Everywhere[peerCode](TestEnvelopes.Letter()).IsRefusedUnderBothProfiles(ProblemCatalogue.ElementMissing, "22", peerCode);

    public static TheoryData<string> MissingFromAgency() => [.. FromAgency.Keys];

    [Theory]
    [MemberData(nameof(MissingFromAgency))]
    public void Row_17_an_element_peers_leave_out_is_refused_from_agencies_only(string peerCode)
    {
        var envelope = FromAgency[peerCode](TestEnvelopes.Letter());

        envelope.JudgedFromAgency().IsRefused(ProblemCatalogue.ElementMissing, "22", peerCode);
        envelope.JudgedFromPeer().IsAcceptedWith("element-missing");
    }

    [Fact]
    public void Row_17_the_first_missing_element_by_the_standards_numbering_is_named()
    {
        var bare = new Envelope { Kind = MessageKind.Document };

        bare.IsRefusedUnderBothProfiles(ProblemCatalogue.ElementMissing, "22", "N.MessageHeader.From.OrganId");
        Assert.Equal(
            ["MessageHeader.To", "MessageHeader.PromulgationInfo.PromulgationDate", "MessageHeader.Subject", "MessageHeader.TraceHeaderList"],
            bare.JudgedFromPeer().Further.Select(problem => problem.Path));
    }

    [Fact]
    public void White_space_is_no_value() =>
        (TestEnvelopes.Letter() with { Subject = " \t" }).IsRefusedUnderBothProfiles(ProblemCatalogue.ElementMissing, "22", "N.MessageHeader.Subject");

    [Fact]
    public void The_sender_can_be_judged_before_it_is_compared_with_the_caller()
    {
        Assert.Null(DocExchange.Core.Validation.ValidationRules.JudgeSender(TestEnvelopes.Letter()));
        Assert.Equal(ProblemCatalogue.ElementMissing,
            DocExchange.Core.Validation.ValidationRules.JudgeSender(TestEnvelopes.Letter() with { From = Organ.None })?.Kind);
        Assert.Equal(ProblemCatalogue.OrganCodeMalformed,
            DocExchange.Core.Validation.ValidationRules.JudgeSender(TestEnvelopes.Letter() with { From = new Organ("../x") })?.Kind);
    }

    private static readonly Dictionary<string, Func<Envelope, Envelope>> Everywhere = new()
    {
        ["N.MessageHeader.From.OrganId"] = letter => letter with { From = letter.From with { OrganId = "" } },
        ["N.MessageHeader.To"] = letter => letter with { To = [] },
        ["N.MessageHeader.To.OrganId"] = letter => letter with { To = [letter.To[0], new Organ(null, OrganName: "UBND")] },
        ["N.MessageHeader.Subject"] = letter => letter with { Subject = null },
        ["N.MessageHeader.PromulgationInfo.PromulgationDate"] = letter => letter with { PromulgationDate = null },
        ["N.MessageHeader.TraceHeaderList"] = letter => letter with { Trace = null },
    };

    private static readonly Dictionary<string, Func<Envelope, Envelope>> FromAgency = new()
    {
        ["N.MessageHeader.From.OrganName"] = letter => letter with { From = letter.From with { OrganName = null } },
        ["N.MessageHeader.To.OrganName"] = letter => letter with { To = [new Organ("H53")] },
        ["N.MessageHeader.Code.CodeNumber"] = letter => letter with { CodeNumber = null },
        ["N.MessageHeader.Code.CodeNotation"] = letter => letter with { CodeNotation = null },
        ["N.MessageHeader.PromulgationInfo.Place"] = letter => letter with { Place = null },
        ["N.MessageHeader.DocumentType.Type"] = letter => letter with { Type = null },
        ["N.MessageHeader.DocumentType.TypeName"] = letter => letter with { TypeName = null },
        ["N.MessageHeader.Content"] = letter => letter with { Content = null },
        ["N.MessageHeader.SignerInfo.FullName"] = letter => letter with { SignerInfo = null },
        ["N.MessageHeader.DocumentId"] = letter => letter with { DocumentId = null },
        ["N.MessageHeader.ResponseFor.Code"] = letter => letter with { ResponseFor = [new Reference("H53", null, "2026/11/01", "id")] },
        ["N.MessageHeader.TraceHeaderList.TraceHeader"] = letter => letter with { Trace = letter.Trace! with { Hops = [] } },
        ["N.MessageHeader.TraceHeaderList.TraceHeader.Timestamp"] = letter => letter with { Trace = letter.Trace! with { Hops = [new TraceHeader("H41", null)] } },
        ["N.AttachmentEncoded.Attachment.ContentType"] = letter => letter with { Attachments = [TestEnvelopes.File("123.pdf") with { ContentType = null }] },
    };
}
