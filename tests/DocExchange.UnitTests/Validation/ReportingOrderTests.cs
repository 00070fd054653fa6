using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Core.Validation;
using Xunit;

namespace DocExchange.UnitTests.Validation;

public sealed class ReportingOrderTests
{
    private static readonly RuleContext Strict = new(Profile.Agency, TestEnvelopes.Now);

    // One fault each, in the order in which they must be reported.
    private static readonly (string Code, string Path, Func<Envelope, Envelope> Make)[] Faults =
    [
        ("DX-2206", "MessageHeader.From.OrganId", e => e with { From = e.From with { OrganId = "../x" } }),
        ("DX-2202", "MessageHeader.From.OrganName", e => e with { From = e.From with { OrganName = new string('x', 201) } }),
        ("DX-2202", "MessageHeader.Code.CodeNumber", e => e with { CodeNumber = new string('1', 12) }),
        ("DX-2203", "MessageHeader.PromulgationInfo.PromulgationDate", e => e with { PromulgationDate = "2014/02/30" }),
        ("DX-2201", "MessageHeader.Subject", e => e with { Subject = "" }),
        ("DX-2203", "MessageHeader.DueDate", e => e with { DueDate = "soon" }),
        ("DX-2205", "MessageHeader.OtherInfo.Priority", e => e with { OtherInfo = e.OtherInfo! with { Priority = "9" } }),
        ("DX-2201", "MessageHeader.DocumentId", e => e with { DocumentId = null }),
        ("DX-2205", "MessageHeader.TraceHeaderList.Bussiness.Paper", e => e.WithBusiness(b => b with { Paper = "7" })),
        ("DX-4006", "MessageHeader.To.OrganId", e => e with { To = [.. e.To, e.To[0]] }),
        ("DX-2207", "MessageHeader.TraceHeaderList.Bussiness.DocumentId", e => e.WithBusiness(b => b with { DocumentId = null })),
        ("DX-2209", "AttachmentEncoded.Attachment.AttachmentName", e => e.WithAttachment("../x.pdf")),
        ("DX-2290", "MessageHeader.DocumentType.TypeName", e => e with { TypeName = "Mật" }),
    ];

    public static TheoryData<int, int> TwoFaults()
    {
        var pairs = new TheoryData<int, int>();
        for (var first = 0; first < Faults.Length; first++)
        for (var second = first + 1; second < Faults.Length; second++) pairs.Add(first, second);
        return pairs;
    }

    [Theory]
    [MemberData(nameof(TwoFaults))]
    public void Of_two_faults_the_earlier_in_the_documented_order_is_reported_and_the_other_logged(int first, int second)
    {
        var envelope = Faults[second].Make(Faults[first].Make(TestEnvelopes.Update()));

        var result = envelope.JudgedFromAgency();

        Assert.Equal((Faults[first].Code, Faults[first].Path), (result.First!.Code, result.First.Path));
        Assert.Contains(result.Further, problem => (problem.Code, problem.Path) == (Faults[second].Code, Faults[second].Path));
    }

    [Fact]
    public void Findings_of_the_reader_and_of_the_rules_are_one_list()
    {
        var structure = new Problem(Kind(ProblemStep.Structure), "MessageHeader");
        var attachment = new Problem(Kind(ProblemStep.Attachments), "AttachmentEncoded.Attachment");
        var reading = (TestEnvelopes.Letter() with { Subject = null }).Reading(attachment, structure);

        var result = ValidationRules.Default.Judge(reading, Strict);

        Assert.Same(structure, result.First);
        Assert.Equal(["DX-2201", attachment.Code], result.Further.Select(problem => problem.Code));
    }

    [Fact]
    public void The_order_of_the_findings_never_matters()
    {
        Problem[] findings =
        [
            .. Enum.GetValues<ProblemStep>().Where(step => step != ProblemStep.Secrecy).Select(step => new Problem(Kind(step))),
            .. Faults[..12].Select(fault => new Problem(ProblemCatalogue.Find(fault.Code)!, fault.Path)),
            .. Enumerable.Range(0, 5).Select(n => new Problem(ProblemCatalogue.ElementMissing, "MessageHeader.To.OrganId", Ordinal: n)),
            new Problem(ProblemCatalogue.ElementMissing, "Somewhere.Else"), new Problem(ProblemCatalogue.ElementMissing, "Another.Place"),
        ];
        var random = new Random(20261121);
        string[]? expected = null;
        for (var round = 0; round < 200; round++)
        {
            random.Shuffle(findings);

            var result = ValidationRules.Default.Judge(new PackageReading(null, [.. findings], []), Strict);

            string[] order = [.. new[] { result.First! }.Concat(result.Further).Select(p => $"{p.Code} {p.Path} {p.Ordinal}")];
            Assert.Equal(expected ??= order, order);
        }
    }

    [Fact]
    public void Of_equal_elements_the_first_is_reported()
    {
        var result = (TestEnvelopes.Letter() with { To = [new Organ("H53", OrganName: "x"), new Organ("a b", OrganName: "x"), new Organ("c d", OrganName: "x")] })
            .JudgedFromAgency();

        Assert.Equal((1, "a b"), (result.First!.Ordinal, result.First.Value));
        Assert.Equal(2, Assert.Single(result.Further).Ordinal);
    }

    [Fact]
    public void A_reader_that_gives_neither_envelope_nor_finding_is_a_fault_and_never_an_acceptance() =>
        Assert.Throws<ArgumentException>(() => ValidationRules.Default.Judge(new PackageReading(null, [], []), Strict));

    private static ProblemKind Kind(ProblemStep step) => new($"DX-99{(int)step:00}", "x", step, ProblemFamily.Mismatch, "x", "x", "x", "x");
}
