using DocExchange.Core.Parties;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Tracking;

/// <summary>What happens to an incoming status. Accept and AcceptWithWarning store an event; AlreadyRecorded answers success without one.</summary>
public enum StatusOutcome { Accept, AcceptWithWarning, AlreadyRecorded, Refuse }

/// <param name="Next">The state afterwards; the present one unless the status moves it.</param>
/// <param name="Warning">A stable kebab-case word, for AcceptWithWarning only.</param>
/// <param name="Refusal">For Refuse only.</param>
public sealed record StatusJudgement(StatusOutcome Outcome, RecipientState Next, string? Warning = null, ProblemKind? Refusal = null);

/// <summary>
/// Whether a status may follow, for one (document, recipient): edXML 2.0 status packages and QĐ 28/2018 art. 9.2, 10.2h. Statuses arrive out
/// of order and twice: forward jumps are accepted, late ones are events that do not move the state back. A peer's impossible step is stored
/// with a warning, because its sender would repeat a refused one for ever. Exact repetitions (same code and Timestamp) never come here.
/// </summary>
public static class StatusTransitions
{
    public static StatusJudgement Judge(RecipientState state, HandlingStatus incoming, Profile profile)
    {
        var judgement = incoming.Code switch
        {
            13 => JudgeRecall(state),
            15 or 16 => JudgeAnswer(state, incoming),
            _ => JudgeMain(state, incoming),
        };
        return judgement.Outcome == StatusOutcome.Refuse && profile == Profile.Peer
            ? new StatusJudgement(StatusOutcome.AcceptWithWarning, state, "impossible-step")
            : judgement;
    }

    /// <summary>The state that a stored event leads to; for deriving the state from the history.</summary>
    public static RecipientState Apply(RecipientState state, HandlingStatus stored) => Judge(state, stored, Profile.Peer).Next;

    private static StatusJudgement JudgeMain(RecipientState state, HandlingStatus incoming)
    {
        var target = (MainState)incoming.Code;
        if (state.Main == target && !incoming.MayRepeat) return new StatusJudgement(StatusOutcome.AlreadyRecorded, state);
        if (state.Main == MainState.Recalled) return Refuse(state);
        if (incoming.MayFollow.Contains(state.Main))
        {
            var next = state with { Main = Later(state.Main, target) };
            return incoming == HandlingStatus.Refused && state.Main == MainState.Accepted
                ? new StatusJudgement(StatusOutcome.AcceptWithWarning, next, "returned-after-acceptance")
                : new StatusJudgement(StatusOutcome.Accept, next);
        }
        if (incoming == HandlingStatus.Refused) return Refuse(state);
        if (state.Main == MainState.Refused)
        {
            return incoming == HandlingStatus.Arrived ? Late(state) : Refuse(state);
        }
        return target > state.Main
            ? new StatusJudgement(StatusOutcome.Accept, state with { Main = target })
            : Late(state);
    }

    // By rank: a reassignment (04) of a document in progress leaves it in progress.
    private static MainState Later(MainState present, MainState target) =>
        target == MainState.Refused || target > present ? target : present;

    private static StatusJudgement JudgeRecall(RecipientState state)
    {
        if (state.Case == OpenCase.Recall) return new StatusJudgement(StatusOutcome.AlreadyRecorded, state);
        return state.Main is MainState.Refused or MainState.Recalled
            ? Refuse(state)
            : new StatusJudgement(StatusOutcome.Accept, state with { Case = OpenCase.Recall });
    }

    private static StatusJudgement JudgeAnswer(RecipientState state, HandlingStatus incoming)
    {
        if (state.Case == OpenCase.None) return Refuse(state);
        var recalled = state.Case == OpenCase.Recall && incoming == HandlingStatus.ChangeAgreed;
        return new StatusJudgement(StatusOutcome.Accept, new RecipientState(recalled ? MainState.Recalled : state.Main, OpenCase.None));
    }

    private static StatusJudgement Late(RecipientState state) => new(StatusOutcome.AcceptWithWarning, state, "late-status");

    private static StatusJudgement Refuse(RecipientState state) =>
        new(StatusOutcome.Refuse, state, Refusal: ProblemCatalogue.StatusStepImpossible);
}
