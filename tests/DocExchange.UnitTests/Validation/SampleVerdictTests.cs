using DocExchange.Core.Packages;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;
using DocExchange.Core.Validation;
using Xunit;

namespace DocExchange.UnitTests.Validation;

/// <summary>The vendor's sample packages as read from their bytes: accepted in form, with the warnings their description expects.</summary>
public sealed class SampleVerdictTests
{
    [SkippableTheory]
    [InlineData("edoc_new.jdk17.edxml", "due-date-before-date number-differs-from-document-id first-hop-is-not-sender business-document-ignored")]
    [InlineData("edoc_update.edxml", "removed-receiver-addressed")]
    [InlineData("edoc_revocation.edxml", "")]
    [InlineData("enterprise_to_ministry_3hops.edxml", "hop-without-organ")]
    [InlineData("status_inbox__01.edxml", "status-before-document")]
    [InlineData("status_rejection_02.edxml", "status-before-document")]
    [InlineData("status_acceptance_03.edxml", "status-before-document")]
    [InlineData("status_processing_05.edxml", "status-before-document")]
    [InlineData("status_cancellation_13.edxml", "status-before-document")]
    [InlineData("status_change-acceptance_15.edxml", "status-before-document")]
    public void A_sample_is_accepted_under_both_profiles_with_the_warnings_its_description_names(string name, string warnings)
    {
        var reading = PackageReader.Read(Sample(name), PackageLimits.Default);

        foreach (var profile in Enum.GetValues<Profile>())
        {
            var result = ValidationRules.Default.Judge(reading, new RuleContext(profile, TestEnvelopes.Now));
            result.IsAccepted();
            foreach (var warning in warnings.Split(' ', StringSplitOptions.RemoveEmptyEntries)) result.IsAcceptedWith(warning);
        }
    }

    [SkippableTheory]
    [InlineData("<edXML:TypeName>Công văn<", "<edXML:TypeName>Mật<", "DX-2290")]
    [InlineData("<edXML:Priority>0<", "<edXML:Priority>9<", "DX-2205")]
    [InlineData("<edXML:PromulgationDate>2019/01/16<", "<edXML:PromulgationDate>2014/02/30<", "DX-2203")]
    [InlineData("<edXML:OrganId>28.22.H17<", "<edXML:OrganId>../../etc/x<", "DX-2206")]
    public void A_fault_written_into_a_sample_is_refused_from_a_peer_too(string found, string written, string code)
    {
        var text = System.Text.Encoding.UTF8.GetString(Sample("edoc_new.jdk17.edxml"));
        Assert.Contains(found, text);

        var reading = PackageReader.Read(System.Text.Encoding.UTF8.GetBytes(text.Replace(found, written)), PackageLimits.Default);

        Assert.Equal(code, ValidationRules.Default.Judge(reading, new RuleContext(Profile.Peer, TestEnvelopes.Now)).First?.Code);
        Assert.NotNull(ProblemCatalogue.Find(code));
    }

    private static byte[] Sample(string name)
    {
        var path = Folders().Select(folder => Path.Combine(folder, "samples", name)).FirstOrDefault(File.Exists);
        Skip.If(path is null, $"The sample package {name} is not here: set DOCEXCHANGE_SHARED to the folder that holds samples/.");
        return File.ReadAllBytes(path!);
    }

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable("DOCEXCHANGE_SHARED") is { Length: > 0 } given) yield return given;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent) yield return Path.Combine(at.FullName, "shared");
    }
}
