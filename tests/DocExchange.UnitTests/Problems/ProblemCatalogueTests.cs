using System.Text.RegularExpressions;
using DocExchange.Core.Problems;
using Xunit;

namespace DocExchange.UnitTests.Problems;

public sealed partial class ProblemCatalogueTests
{
    [Fact]
    public void Every_code_is_used_once_so_that_a_refusal_can_be_looked_up() =>
        Assert.Empty(ProblemCatalogue.All.GroupBy(kind => kind.Code).Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public void The_catalogue_lists_its_fields_in_order_of_code()
    {
        Assert.True(ProblemCatalogue.All.Count >= 40);
        Assert.Equal(ProblemCatalogue.All.OrderBy(kind => kind.Code, StringComparer.Ordinal), ProblemCatalogue.All);
        Assert.Same(ProblemCatalogue.SecrecyMark, ProblemCatalogue.Find("DX-2290"));
        Assert.Null(ProblemCatalogue.Find("DX-2299"));
    }

    [Fact]
    public void Every_kind_says_what_is_wrong_and_how_to_fix_it_in_both_languages()
    {
        foreach (var kind in ProblemCatalogue.All)
        {
            Assert.Matches(@"^DX-\d{4}$", kind.Code);
            Assert.False(string.IsNullOrWhiteSpace(kind.Title), kind.Code);
            foreach (var sentence in new[] { kind.English, kind.Vietnamese, kind.FixEnglish, kind.FixVietnamese })
                Assert.True(sentence.Length > 10 && sentence.EndsWith('.'), $"{kind.Code}: {sentence}");
            Assert.True(kind.Vietnamese.Any(c => c > 127), $"{kind.Code} has no Vietnamese sentence.");
            Assert.True(kind.FixVietnamese.Any(c => c > 127), $"{kind.Code} has no Vietnamese remedy.");
        }
    }

    [Fact]
    public void Both_languages_name_the_same_facts_and_only_known_placeholders()
    {
        foreach (var kind in ProblemCatalogue.All)
        {
            Assert.Equal(Placeholders(kind.English), Placeholders(kind.Vietnamese));
            Assert.Equal(Placeholders(kind.FixEnglish), Placeholders(kind.FixVietnamese));
            Assert.Subset(new HashSet<string> { "{path}", "{value}", "{limit}" }, Placeholders(kind.English + kind.FixEnglish));
        }
    }

    [Fact]
    public void Vietnamese_sentences_are_composed_text_so_that_every_page_shows_them_alike()
    {
        foreach (var kind in ProblemCatalogue.All)
            Assert.DoesNotContain(kind.Vietnamese + kind.FixVietnamese, c => c is >= '\u0300' and <= '\u036F');
    }

    [Fact]
    public void A_value_from_outside_cannot_rewrite_a_log_line()
    {
        var problem = new Problem(ProblemCatalogue.OrganCodeMalformed, "MessageHeader.To.OrganId", "H30\r\nFAKE \u202Eentry" + new string('x', 10_000));

        Assert.DoesNotContain('\n', problem.English);
        Assert.DoesNotContain('\u202E', problem.Vietnamese);
        Assert.True(problem.English.Length < 250);
    }

    private static SortedSet<string> Placeholders(string sentence) => new(Placeholder().Matches(sentence).Select(match => match.Value));

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
