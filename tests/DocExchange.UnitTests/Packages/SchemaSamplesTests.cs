using System.Reflection;
using System.Xml;
using System.Xml.Schema;
using DocExchange.Core.Problems;
using Xunit;

namespace DocExchange.UnitTests.Packages;

/// <summary>The samples in schemas/samples say their verdict in their names; reader and schema must agree with it.</summary>
public sealed class SchemaSamplesTests
{
    // Packages whose verdict is another part's (values, routing, statuses) read without a finding here.
    private static readonly string[] OwnCodes = ["DX-1", "DX-21", "DX-23"];

    // These need files too large to keep, or content that scanners of workstations would take away; other tests build them.
    private static readonly string[] Unsampled = ["DX-1002", "DX-1008", "DX-1010", "DX-1012", "DX-1013", "DX-2313", "DX-2314", "DX-2315"];

    public static TheoryData<string> Accepted() => [.. Files("accepted-*")];

    public static TheoryData<string> Refused() => [.. Files("refused-*").Where(name => OwnCodes.Any(code => name.StartsWith("refused-" + code, StringComparison.Ordinal)))];

    [Theory]
    [MemberData(nameof(Accepted))]
    public void An_accepted_sample_reads_without_a_finding_and_fits_the_schema(string name)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder(), "samples", name));
        var reading = TestPackages.Read(bytes);

        Assert.Empty(reading.Findings);
        Assert.Empty(reading.Warnings);
        RoundTripTests.AssertSurvivesWriting(bytes, reading.Envelope!);
        Assert.Empty(SchemaErrors(bytes));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_refused_sample_gets_the_code_in_its_name(string name) =>
        Assert.Equal(name["refused-".Length..][..7], TestPackages.Read(File.ReadAllBytes(Path.Combine(Folder(), "samples", name))).FirstCode());

    [Fact]
    public void Every_code_of_the_package_has_a_sample_or_a_reason_not_to()
    {
        var sampled = Files("refused-*").Select(name => name["refused-".Length..][..7]).Concat(Unsampled).ToHashSet();

        Assert.DoesNotContain(PackageKinds(), kind => !sampled.Contains(kind.Code));
    }

    [Fact]
    public void Codes_are_unique_and_every_sentence_stands_in_both_languages()
    {
        var kinds = PackageKinds();

        Assert.NotEmpty(kinds);
        Assert.Equal(kinds.Length, kinds.Select(kind => kind.Code).Distinct().Count());
        Assert.All(kinds, kind =>
        {
            Assert.All(new[] { kind.Title, kind.English, kind.FixEnglish, kind.Vietnamese, kind.FixVietnamese }, text => Assert.False(string.IsNullOrWhiteSpace(text)));
            Assert.Contains(kind.Vietnamese, c => c > 0x1E00);
        });
    }

    [Theory]
    [InlineData("<edXML:OrganId>H99.01</edXML:OrganId>", "<edXML:OrganId>../x</edXML:OrganId>")]
    [InlineData("<edXML:Priority>0<", "<edXML:Priority>9<")]
    [InlineData("2026/01/05<", "tomorrow<")]
    [InlineData("<edXML:CodeNumber>12<", "<edXML:CodeNumber>123456789012<")]
    public void The_schema_refuses_what_the_strict_profile_refuses(string good, string bad)
    {
        var text = File.ReadAllText(Path.Combine(Folder(), "samples", "accepted-new-letter.edxml"));

        Assert.Contains(good, text);
        Assert.NotEmpty(SchemaErrors(System.Text.Encoding.UTF8.GetBytes(text.Replace(good, bad))));
    }

    private static ProblemKind[] PackageKinds() =>
    [
        .. typeof(ProblemCatalogue).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.FieldType == typeof(ProblemKind))
            .Select(field => (ProblemKind)field.GetValue(null)!).Where(kind => OwnCodes.Any(code => kind.Code.StartsWith(code, StringComparison.Ordinal))),
    ];

    private static List<string> SchemaErrors(byte[] bytes)
    {
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema };
        settings.Schemas.Add(null, Path.Combine(Folder(), "edxml-2.0.xsd"));
        List<string> errors = [];
        settings.ValidationEventHandler += (_, e) => errors.Add(e.Message);
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
        using var reader = XmlReader.Create(new MemoryStream(bytes), settings);
        while (reader.Read()) { }
        return errors;
    }

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Folder(), "samples"), pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static string Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var schemas = Path.Combine(at.FullName, "schemas");
            if (File.Exists(Path.Combine(schemas, "edxml-2.0.xsd"))) return schemas;
        }
        throw new DirectoryNotFoundException("schemas/ was not found above the test assembly.");
    }
}
