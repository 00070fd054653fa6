using DocExchange.Core.Problems;
using Xunit;

namespace DocExchange.UnitTests.Validation;

[Trait("Row", "34")]
public sealed class AttachmentNameRuleTests
{
    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("C:\\Windows\\x.pdf")]
    [InlineData("a/b.pdf")]
    [InlineData("cong-van\u0000.pdf")]
    [InlineData("cong-van\r\n.pdf")]
    [InlineData("cong-van\u0085.pdf")]
    [InlineData("cong-van\u202Efdp.exe")]
    [InlineData("cong-van\u2066.pdf")]
    [InlineData("CON")]
    [InlineData("nul.pdf")]
    [InlineData("Com1.tar.gz")]
    [InlineData("lpt³.txt")]
    [InlineData("aux .pdf")]
    [InlineData("..")]
    [InlineData(" . ")]
    public void Row_34_a_dangerous_name_is_refused_from_an_agency_and_a_warning_from_a_peer(string name)
    {
        var envelope = TestEnvelopes.Letter().WithAttachment(name);

        envelope.JudgedFromAgency().IsRefused(ProblemCatalogue.AttachmentNameUnsafe, "22", "R.AttachmentName");
        Assert.Empty(envelope.JudgedFromAgency().Further);
        envelope.JudgedFromPeer().IsAcceptedWith("attachment-name-unsafe");
    }

    [Fact]
    public void Row_34_a_name_over_five_hundred_characters_is_refused_from_an_agency()
    {
        TestEnvelopes.Letter().WithAttachment(new string('ệ', 496) + ".pdf").JudgedFromAgency().IsAccepted();
        var envelope = TestEnvelopes.Letter().WithAttachment(new string('ệ', 497) + ".pdf");

        envelope.JudgedFromAgency().IsRefused(ProblemCatalogue.AttachmentNameTooLong, "22", "R.AttachmentName");
        envelope.JudgedFromPeer().IsAcceptedWith("attachment-name-too-long");
    }

    [Fact]
    public void Row_34_a_dangerous_name_that_stands_in_the_manifest_only_is_found_too()
    {
        var envelope = TestEnvelopes.Letter();
        envelope = envelope with { Manifest = [envelope.Manifest[0] with { AttachmentName = "..\\x.pdf" }] };

        envelope.JudgedFromAgency().IsRefused(ProblemCatalogue.AttachmentNameUnsafe, "22", "R.AttachmentName");
    }

    [Theory]
    [InlineData("1896_QD-TTg_m_294779.doc")]
    [InlineData("Công văn số 12 (bản ký số).pdf")]
    [InlineData("Cong va\u0306n.pdf")]
    [InlineData("contract.pdf")]
    [InlineData("console.log")]
    [InlineData("company com1.pdf")]
    [InlineData(".gitignore")]
    public void Plain_names_are_accepted(string name) => TestEnvelopes.Letter().WithAttachment(name).JudgedFromAgency().IsAccepted();
}
