using System.Text;
using DocExchange.Core.Parties;
using DocExchange.Core.Tracking;
using Xunit;

namespace DocExchange.UnitTests.Tracking;

public sealed class StatusDocumentTests
{
    [Fact]
    public void The_page_of_statuses_says_what_the_tables_say() => GeneratedDocument.MustEqual("docs/statuses.md", Generate());

    private static string Generate()
    {
        var page = new StringBuilder();
        page.Append("# Statuses\n\n<!-- Generated from HandlingStatus and StatusTransitions; see CONTRIBUTING on approving generated pages. -->\n\n")
            .Append("What a recipient's office did with a document, as status packages say it. `1` and `01` are the same code.\n\n")
            .Append("| Code | Tiếng Việt | English | Reported by | Reason needed | May repeat | Regularly follows |\n|---|---|---|---|---|---|---|\n");
        foreach (var status in HandlingStatus.All)
        {
            page.Append($"| {status.Text} | {status.Vietnamese} | {status.English} | {Reporter(status.ReportedBy)} | {YesNo(status.NeedsReason)} | {YesNo(status.MayRepeat)} | ")
                .Append(status.MayFollow.Count > 0 ? string.Join(", ", status.MayFollow.Select(Name)) : Case(status)).Append(" |\n");
        }
        page.Append("\n## What may follow\n\nFor one document and one recipient. **yes**: stored, the state moves where its rank is higher. **late**: stored with a warning, the state stays. ")
            .Append("**return**: stored with a warning, the state is 02. **same**: success, no second event. **no**: refused with ")
            .Append("[DX-7004](problems.md#dx-7004) from an agency; stored with a warning from a peer, the state stays. ")
            .Append("An exact repetition (same code and time) is always a success without a second event.\n\n");
        AppendTable(page, OpenCase.None, "No case open");
        AppendTable(page, OpenCase.Recall, "A recall is open (13, or a package of type 1)");
        AppendTable(page, OpenCase.Update, "An update or a replacement is open (a package of type 2 or 3)");
        page.Append("15 on a recall makes the state *recalled*: the recipient destroys the document and keeps what proves the recall (QĐ 28/2018 art. 9.2). ")
            .Append("16, and 15 on an update or a replacement, leave the state as it was. A recall outweighs an open update or replacement.\n");
        return page.ToString();
    }

    private static void AppendTable(StringBuilder page, OpenCase open, string title)
    {
        page.Append("### ").Append(title).Append("\n\n| State |");
        foreach (var status in HandlingStatus.All) page.Append(' ').Append(status.Text).Append(" |");
        page.Append("\n|---|").Insert(page.Length, "---|", HandlingStatus.All.Count).Append('\n');
        foreach (var main in Enum.GetValues<MainState>())
        {
            if (main == MainState.Recalled && open != OpenCase.None) continue;
            page.Append("| ").Append(Name(main)).Append(" |");
            foreach (var status in HandlingStatus.All)
                page.Append(' ').Append(Word(StatusTransitions.Judge(new RecipientState(main, open), status, Profile.Agency))).Append(" |");
            page.Append('\n');
        }
        page.Append('\n');
    }

    private static string Word(StatusJudgement judgement) => judgement switch
    {
        { Outcome: StatusOutcome.Accept } => "yes",
        { Warning: "returned-after-acceptance" } => "return",
        { Outcome: StatusOutcome.AcceptWithWarning } => "late",
        { Outcome: StatusOutcome.AlreadyRecorded } => "same",
        _ => "no",
    };

    private static string Name(MainState state) => state switch
    {
        MainState.Sent => "(sent)",
        MainState.Recalled => "recalled",
        _ => HandlingStatus.All.Single(status => status.Code == (int)state).Text,
    };

    private static string Case(HandlingStatus status) => status.ReportedBy == StatusReporter.Sender ? "any state but 02 and recalled" : "an open recall, update or replacement";

    private static string Reporter(StatusReporter reporter) => reporter switch
    {
        StatusReporter.RecipientSystem => "recipient's system, or the hub for it",
        StatusReporter.Recipient => "recipient",
        _ => "sender of the document",
    };

    private static string YesNo(bool value) => value ? "yes" : "no";
}
