using DocExchange.Axis.Codes;
using DocExchange.Core.Problems;
using Xunit;

namespace DocExchange.UnitTests.Axis;

public sealed class AxisErrorsTests
{
    private static readonly string[] AxisCodes = ["10", "15", "18", "19", "20", "21", "22", "23"];

    [Fact]
    public void Every_problem_has_an_axis_code_so_that_no_refusal_ends_in_a_fault()
    {
        foreach (var kind in ProblemCatalogue.All) Assert.Contains(AxisErrors.CodeOf(new Problem(kind, "MessageHeader.Subject")), AxisCodes);
    }

    [Fact]
    public void Clients_are_told_to_repeat_only_what_the_hub_failed_at_or_had_no_room_for()
    {
        var repeated = ProblemCatalogue.All.Where(kind => AxisErrors.CodeOf(new Problem(kind)) == "20").Select(kind => kind.Code);

        Assert.Equal(["DX-0010", "DX-0026", "DX-0086", "DX-9001", "DX-9002", "DX-9003", "DX-9004", "DX-9005", "DX-9006"], repeated);
    }

    [Theory]
    [InlineData("DX-0001", "15")]
    [InlineData("DX-0002", "15")]
    [InlineData("DX-0003", "15")]
    [InlineData("DX-0004", "15")]
    [InlineData("DX-0005", "19")]
    [InlineData("DX-0006", "19")]
    [InlineData("DX-0007", "21")]
    [InlineData("DX-0008", "22")]
    [InlineData("DX-0009", "22")]
    [InlineData("DX-2201", "22")]
    [InlineData("DX-2290", "10")]
    [InlineData("DX-4001", "18")]
    [InlineData("DX-4002", "18")]
    [InlineData("DX-4003", "18")]
    [InlineData("DX-4004", "23")]
    [InlineData("DX-4005", "18")]
    [InlineData("DX-4006", "22")]
    [InlineData("DX-5001", "22")]
    [InlineData("DX-5002", "22")]
    [InlineData("DX-6001", "18")]
    [InlineData("DX-7001", "22")]
    [InlineData("DX-7004", "22")]
    [InlineData("DX-7005", "19")]
    public void A_problem_is_answered_with_the_code_of_the_table(string code, string axis) =>
        Assert.Equal(axis, AxisErrors.CodeOf(new Problem(ProblemCatalogue.Find(code)!)));

    [Theory]
    [InlineData("DX-2201", "MessageHeader.PromulgationInfo.PromulgationDate", "N.MessageHeader.PromulgationInfo.PromulgationDate")]
    [InlineData("DX-2201", "MessageHeader.TraceHeaderList", "N.MessageHeader.TraceHeaderList")]
    [InlineData("DX-2201", "MessageHeader.Subject", "N.MessageHeader.Subject")]
    [InlineData("DX-2202", "MessageHeader.Subject", "MessageHeader.Subject")]
    [InlineData("DX-2202", "MessageHeader.Code.CodeNumber", "R.MessageHeader.Code.CodeNumber")]
    [InlineData("DX-2203", "MessageHeader.PromulgationInfo.PromulgationDate", "T.MessageHeader.PromulgationDate")]
    [InlineData("DX-2205", "MessageHeader.TraceHeaderList.Bussiness.BussinessDocType", "M.MessageHeader.TraceHeaderList.Bussiness.BussinessDocType")]
    [InlineData("DX-2206", "MessageHeader.From.OrganId", "R.MessageHeader.From.OrganId")]
    [InlineData("DX-0007", "", "DX-0007")]
    [InlineData("DX-6001", "", "M.GetDocumentCheckAllow")]
    public void The_text_code_is_the_one_other_hubs_write(string code, string path, string expected) =>
        Assert.Equal(expected, AxisErrors.PeerCodeOf(new Problem(ProblemCatalogue.Find(code)!, path)));

    [Fact]
    public void The_description_names_cause_remedy_code_and_receipt_in_both_languages()
    {
        var problem = new Problem(ProblemCatalogue.ElementMissing, "MessageHeader.Subject", Line: 12, Column: 7);

        Assert.Equal(
            "N.MessageHeader.Subject: MessageHeader.Subject is missing or empty. (line 12, column 7) "
            + "Fix: Fill in MessageHeader.Subject and send the package again. [DX-2201, receipt 0199] "
            + "Thiếu MessageHeader.Subject hoặc để trống. (line 12, column 7)",
            AxisErrors.Describe(problem, "0199"));
        Assert.Contains("[DX-2201] ", AxisErrors.Describe(problem, null));
    }
}
