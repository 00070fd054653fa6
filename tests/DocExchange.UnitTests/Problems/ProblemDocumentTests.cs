using System.Text;
using DocExchange.Axis.Codes;
using DocExchange.Core.Problems;
using Xunit;

namespace DocExchange.UnitTests.Problems;

public sealed class ProblemDocumentTests
{
    private static readonly Dictionary<string, string> Areas = new()
    {
        ["00"] = "The caller and the request", ["10"] = "The file", ["21"] = "The structure of the package", ["22"] = "The header",
        ["23"] = "The attachments", ["40"] = "Receivers", ["50"] = "Duplicates", ["60"] = "Fetching and confirming",
        ["70"] = "Statuses and earlier documents", ["90"] = "Faults of the hub",
    };

    private static readonly Dictionary<ProblemKind, string> Profiles = new()
    {
        [ProblemCatalogue.ElementMissing] = "Agencies: every mandatory element. Peers: refused for `From/OrganId`, `To`, `To/OrganId`, `Subject`, "
            + "`PromulgationDate`, `TraceHeaderList` and a status' `ResponseFor/DocumentId`; anything else is a warning.",
        [ProblemCatalogue.ValueTooLong] = "`CodeNumber` (11), `CodeNotation` (30), `Subject` (500) and `OrganName` (200) are refused from everybody "
            + "(a setting tolerates them from a peer); other long texts are refused from agencies and a warning from peers.",
        [ProblemCatalogue.DateUnreadable] = "`PromulgationDate` is refused from everybody; other dates are refused from agencies and a warning from peers. "
            + "`yyyy/MM/dd`, `dd/MM/yyyy` and `yyyy-MM-dd` are read.",
        [ProblemCatalogue.DateInFuture] = "Agencies: refused. Peers: a warning.",
        [ProblemCatalogue.ReceiverTwice] = "Agencies: refused. Peers: a warning, one delivery. Two codes of one organisation are one delivery, never this problem.",
        [ProblemCatalogue.AttachmentNameTooLong] = "Agencies: refused. Peers: a warning; the file is kept under the hub's own name.",
        [ProblemCatalogue.AttachmentNameUnsafe] = "Agencies: refused. Peers: a warning; the file is kept under the hub's own name and its name shown escaped.",
        [ProblemCatalogue.DocumentIdTaken] = "Agencies: refused. Peers: kept as a variant with a warning.",
        [ProblemCatalogue.CodeTaken] = "A warning, unless the organisation chose refusal. New documents only.",
        [ProblemCatalogue.StatusStepImpossible] = "Agencies: refused. Peers: stored with a warning, the state stays. See [statuses](statuses.md).",
        [ProblemCatalogue.BusinessDocumentUnknown] = "Agencies: refused. Peers: stored with a warning.",
    };

    [Fact]
    public void The_page_of_problems_says_what_the_catalogue_says() => GeneratedDocument.MustEqual("docs/problems.md", Generate());

    private static string Generate()
    {
        var page = new StringBuilder();
        page.Append("# Problems\n\n<!-- Generated from ProblemCatalogue and AxisErrors; see CONTRIBUTING on approving generated pages. -->\n\n")
            .Append("Every refusal names one problem: the first in the order below, whatever the order of elements in the file. All further findings are in the conformance log.\n\n")
            .Append("Order: ").AppendJoin(" > ", Enum.GetNames<ProblemStep>()).Append("; then the standard's numbering of the elements; then which of several equal elements.\n\n")
            .Append("Codes are stable and never reused. *Agencies* are the organisations of the province (strict), *peers* the national axis and other hubs (lenient).\n");
        string? area = null;
        foreach (var kind in ProblemCatalogue.All)
        {
            var next = Areas[kind.Code.Substring(3, 2)];
            if (next != area) page.Append("\n# ").Append(area = next).Append('\n');
            Append(page, kind);
        }
        return page.ToString();
    }

    private static void Append(StringBuilder page, ProblemKind kind)
    {
        var elsewhere = AxisErrors.PeerCodeOf(new Problem(kind, "<path>"));
        page.Append("\n## ").Append(kind.Code).Append("\n\n**").Append(kind.Title).Append("**\n\n")
            .Append(kind.English).Append("\\\n*").Append(kind.FixEnglish).Append("*\n\n")
            .Append(kind.Vietnamese).Append("\\\n*").Append(kind.FixVietnamese).Append("*\n\n")
            .Append("- Axis code: ").Append(AxisErrors.CodeOf(new Problem(kind)))
            .Append(elsewhere == kind.Code ? "" : $", text `{elsewhere}`").Append('\n')
            .Append("- Step: ").Append(kind.Step).Append('\n')
            .Append("- Profiles: ").Append(Profiles.GetValueOrDefault(kind, "the same for agencies and peers.")).Append('\n');
    }
}
