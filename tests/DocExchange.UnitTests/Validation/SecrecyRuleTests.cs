using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Core.Validation;
using Xunit;

namespace DocExchange.UnitTests.Validation;

[Trait("Row", "35")]
public sealed class SecrecyRuleTests
{
    [Theory]
    [InlineData("mật")]
    [InlineData("Mật")]
    [InlineData("MẬT")]
    [InlineData("tối mật")]
    [InlineData("TUYỆT MẬT")]
    [InlineData("Công văn (Mật)")]
    [InlineData("Công văn - Tối  mật")]
    [InlineData("Mật; khẩn")]
    [InlineData("tuyệt\u00A0mật")]
    [InlineData("ma\u0302\u0323t")]
    [InlineData("ma\u0323\u0302t")]
    [InlineData("mạ\u0302t")]
    [InlineData("mâ\u0323t")]
    [InlineData("M\u200BẬ\u200BT")]
    [InlineData("to\u0302\u0301i ma\u0302\u0323t")]
    [InlineData("tuye\u0323\u0302t mật")]
    public void Row_35_a_mark_in_a_dedicated_field_stops_the_package_in_every_spelling(string mark)
    {
        foreach (var envelope in Marked(mark)) envelope.IsRefusedUnderBothProfiles(ProblemCatalogue.SecrecyMark, "10", "DX-2290");
    }

    [Theory]
    [InlineData("VPCP-Mật")]
    [InlineData("Mật-VPCP")]
    [InlineData("QĐ/MẬT/VP")]
    [InlineData("VPCP.mật")]
    public void Row_35_a_mark_in_the_notation_stops_the_package(string notation) =>
        (TestEnvelopes.Letter() with { CodeNotation = notation }).IsRefusedUnderBothProfiles(ProblemCatalogue.SecrecyMark, "10", "DX-2290");

    [Theory]
    [InlineData("bảo mật")]
    [InlineData("mật độ")]
    [InlineData("mất")]
    [InlineData("mặt")]
    [InlineData("mat")]
    [InlineData("mật.")]
    [InlineData("Tuyệt mật")]
    [InlineData("Văn bản (Mật)")]
    public void Row_35_words_of_subject_and_content_are_never_marks(string words)
    {
        (TestEnvelopes.Letter() with { Subject = words, Content = words, ToPlaces = [words] }).JudgedFromAgency().IsAccepted();
    }

    [Theory]
    [InlineData("bảo mật")]
    [InlineData("Bảo mật thông tin")]
    [InlineData("mật độ")]
    [InlineData("mất")]
    [InlineData("mặt")]
    [InlineData("mạt")]
    [InlineData("mat")]
    [InlineData("MAT-TTg")]
    [InlineData("mậts")]
    [InlineData("ma\u0302\u0301t")]
    [InlineData("ma\u0306\u0323t")]
    [InlineData("ma\u0323t")]
    [InlineData("tôi mật")]
    [InlineData("không mật")]
    public void Row_35_a_like_word_in_a_dedicated_field_is_accepted(string word)
    {
        foreach (var envelope in Marked(word).Where(envelope => envelope.OtherInfo!.TyperNotation!.Length <= 10)) envelope.JudgedFromAgency().IsAccepted();
        (TestEnvelopes.Letter() with { CodeNotation = word }).JudgedFromAgency().IsAccepted();
    }

    [Fact]
    public void A_mark_is_found_whatever_else_is_wrong_and_no_finding_repeats_anything_of_the_document()
    {
        var envelope = TestEnvelopes.Letter() with { TypeName = "Mật", DueDate = "never", From = TestEnvelopes.Letter().From with { OrganId = "no code" } };
        var reading = new PackageReading(envelope, [], [new PackageWarning("odd", "MessageHeader.Subject", "V/v nhân sự")]);

        var result = ValidationRules.Default.Judge(reading, new RuleContext(Profile.Agency, TestEnvelopes.Now));

        Assert.True(result.IsSecret);
        Assert.All([result.First!, .. result.Further], problem => Assert.Null(problem.Value));
        Assert.All(result.Warnings, warning => Assert.Null(warning.Value));
        Assert.Contains(result.Further, problem => problem.Kind == ProblemCatalogue.SecrecyMark);
    }

    [Fact]
    public void The_marks_can_be_changed_by_the_operator()
    {
        var settings = new ValidationSettings { SecrecyMarks = ["hạn chế"] };
        var context = new RuleContext(Profile.Agency, TestEnvelopes.Now) { Settings = settings };

        Assert.True(ValidationRules.Default.Judge((TestEnvelopes.Letter() with { TypeName = "Hạn chế" }).Reading(), context).IsSecret);
        Assert.False(ValidationRules.Default.Judge((TestEnvelopes.Letter() with { TypeName = "Mật" }).Reading(), context).IsSecret);
    }

    [Fact]
    public void A_field_longer_than_any_mark_is_no_mark_and_costs_nothing() =>
        Assert.False(MarkedText.HasToken(new string('x', 60_000) + "mật", ValidationSettings.Default.CompiledMarks));

    private static IEnumerable<Envelope> Marked(string mark)
    {
        var letter = TestEnvelopes.Letter();
        yield return letter with { TypeName = mark };
        yield return letter with { OtherInfo = letter.OtherInfo! with { SphereOfPromulgation = mark } };
        if (mark.Length <= 10) yield return letter with { OtherInfo = letter.OtherInfo! with { TyperNotation = mark } };
    }
}
