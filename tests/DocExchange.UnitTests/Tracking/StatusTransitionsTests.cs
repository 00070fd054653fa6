using DocExchange.Core.Envelopes;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;
using Xunit;

namespace DocExchange.UnitTests.Tracking;

[Trait("Row", "39")]
public sealed class StatusTransitionsTests
{
    // Per main state, the outcome of 01 to 06: A accepted, W returned after acceptance, L late, = already recorded, R refused.
    private static readonly Dictionary<MainState, string> MainOutcomes = new()
    {
        [MainState.Sent] = "AAAAAA",
        [MainState.Arrived] = "=AAAAA",
        [MainState.Refused] = "L=RRRR",
        [MainState.Accepted] = "LW=AAA",
        [MainState.Assigned] = "LRLAAA",
        [MainState.InProgress] = "LRLAAA",
        [MainState.Finished] = "LRLLL=",
        [MainState.Recalled] = "RRRRRR",
    };

    public static TheoryData<MainState, OpenCase, int> EveryPair()
    {
        var pairs = new TheoryData<MainState, OpenCase, int>();
        foreach (var main in Enum.GetValues<MainState>())
        foreach (var open in Enum.GetValues<OpenCase>())
        foreach (var status in HandlingStatus.All) pairs.Add(main, open, status.Code);
        return pairs;
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void Every_status_in_every_state_has_the_outcome_of_the_table(MainState main, OpenCase open, int code)
    {
        var state = new RecipientState(main, open);

        var strict = StatusTransitions.Judge(state, Status(code), Profile.Agency);
        var lenient = StatusTransitions.Judge(state, Status(code), Profile.Peer);

        var expected = Expected(main, open, code);
        Assert.Equal(expected, Shown(strict));
        if (expected == 'R')
        {
            Assert.Same(ProblemCatalogue.StatusStepImpossible, strict.Refusal);
            Assert.Equal((StatusOutcome.AcceptWithWarning, state, "impossible-step"), (lenient.Outcome, lenient.Next, lenient.Warning));
        }
        else
        {
            Assert.Null(strict.Refusal);
            Assert.Equal(strict, lenient);
        }
        if (expected is not 'A' and not 'W') Assert.Equal(state, strict.Next);
    }

    [Theory]
    [InlineData("01 03 05 06", MainState.Finished, OpenCase.None)]
    [InlineData("03 05", MainState.InProgress, OpenCase.None)]
    [InlineData("05 04", MainState.InProgress, OpenCase.None)]
    [InlineData("05 03 01", MainState.InProgress, OpenCase.None)]
    [InlineData("03 02", MainState.Refused, OpenCase.None)]
    [InlineData("02 01", MainState.Refused, OpenCase.None)]
    [InlineData("03 13", MainState.Accepted, OpenCase.Recall)]
    [InlineData("03 13 15", MainState.Recalled, OpenCase.None)]
    [InlineData("03 13 16", MainState.Accepted, OpenCase.None)]
    [InlineData("06 13 16 13 15", MainState.Recalled, OpenCase.None)]
    [InlineData("03 13 05 15", MainState.Recalled, OpenCase.None)]
    public void The_present_state_follows_from_the_events_by_rank(string codes, MainState main, OpenCase open)
    {
        var state = codes.Split(' ').Aggregate(RecipientState.Initial, (present, code) => StatusTransitions.Apply(present, Parsed(code)));

        Assert.Equal(new RecipientState(main, open), state);
    }

    [Theory]
    [InlineData(BusinessType.Revocation, MainState.Recalled)]
    [InlineData(BusinessType.Update, MainState.Accepted)]
    [InlineData(BusinessType.Replacement, MainState.Accepted)]
    public void An_agreed_package_recalls_the_document_only_when_it_was_a_revocation(BusinessType package, MainState expected)
    {
        var asked = new RecipientState(MainState.Accepted, OpenCase.None).After(package);

        Assert.NotEqual(OpenCase.None, asked.Case);
        Assert.Equal(new RecipientState(expected, OpenCase.None), StatusTransitions.Apply(asked, HandlingStatus.ChangeAgreed));
        Assert.Equal(new RecipientState(MainState.Accepted, OpenCase.None), StatusTransitions.Apply(asked, HandlingStatus.ChangeRefused));
    }

    [Fact]
    public void A_recall_by_package_and_by_status_is_one_case()
    {
        var asked = new RecipientState(MainState.Arrived, OpenCase.None).After(BusinessType.Revocation);

        Assert.Equal(StatusOutcome.AlreadyRecorded, StatusTransitions.Judge(asked, HandlingStatus.RecallAsked, Profile.Agency).Outcome);
    }

    [Fact]
    public void An_update_neither_hides_an_open_recall_nor_reopens_a_finished_one()
    {
        var recalling = new RecipientState(MainState.Accepted, OpenCase.Recall);
        var recalled = new RecipientState(MainState.Recalled, OpenCase.None);

        Assert.Equal(recalling, recalling.After(BusinessType.Update));
        Assert.Equal(recalled, recalled.After(BusinessType.Revocation));
    }

    [Theory]
    [InlineData(MainState.Accepted, OpenCase.None, "03")]
    [InlineData(MainState.Recalled, OpenCase.None, "13+15")]
    [InlineData(MainState.Accepted, OpenCase.Recall, "03 +13")]
    public void A_refusal_shows_the_present_state_in_codes_that_both_languages_read(MainState main, OpenCase open, string shown) =>
        Assert.Equal(shown, new RecipientState(main, open).ToString());

    private static char Expected(MainState main, OpenCase open, int code) => code switch
    {
        13 when open == OpenCase.Recall => '=',
        13 => main is MainState.Refused or MainState.Recalled ? 'R' : 'A',
        15 or 16 => open == OpenCase.None ? 'R' : 'A',
        _ => MainOutcomes[main][code - 1],
    };

    private static char Shown(StatusJudgement judgement) => (judgement.Outcome, judgement.Warning) switch
    {
        (StatusOutcome.Accept, null) => 'A',
        (StatusOutcome.AcceptWithWarning, "returned-after-acceptance") => 'W',
        (StatusOutcome.AcceptWithWarning, "late-status") => 'L',
        (StatusOutcome.AlreadyRecorded, null) => '=',
        (StatusOutcome.Refuse, null) => 'R',
        _ => '?',
    };

    private static HandlingStatus Status(int code) => HandlingStatus.All.Single(status => status.Code == code);

    private static HandlingStatus Parsed(string text) => HandlingStatus.TryParse(text, out var status) ? status : throw new ArgumentException(text);
}
