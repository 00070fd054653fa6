using System.Text;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using Xunit;

namespace DocExchange.UnitTests.Packages;

/// <summary>The ten sample packages read as their README says.</summary>
public sealed class SharedSamplesTests
{
    public static TheoryData<string> Names() =>
    [
        "edoc_new.jdk17.edxml", "edoc_update.edxml", "edoc_revocation.edxml", "enterprise_to_ministry_3hops.edxml", "status_inbox__01.edxml", "status_rejection_02.edxml",
        "status_acceptance_03.edxml", "status_processing_05.edxml", "status_cancellation_13.edxml", "status_change-acceptance_15.edxml",
    ];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void A_sample_reads_without_a_finding_and_survives_writing(string name)
    {
        var bytes = Load(name);
        var reading = TestPackages.Read(bytes);

        Assert.Empty(reading.Findings);
        RoundTripTests.AssertSurvivesWriting(bytes, reading.Envelope!);
    }

    [SkippableFact]
    public void The_new_document_has_its_header_a_wrapped_attachment_and_a_placeholder_signature()
    {
        var reading = TestPackages.Read(Load("edoc_new.jdk17.edxml"));
        var envelope = reading.Envelope!;

        Assert.Equal((MessageKind.Document, BusinessType.New), (envelope.Kind, envelope.BusinessType));
        Assert.Equal("000.00.00.A80", envelope.From.OrganId);
        Assert.Equal("28.22.H17", Assert.Single(envelope.To).OrganId);
        Assert.Equal("000.00.00.G22,2015/09/30,7816/VPCP-TTĐT", envelope.DocumentId);
        Assert.Equal("74fass22/VPCP-TTĐT", envelope.Code);
        Assert.Equal(("2019/01/16", "2018/09/28"), (envelope.PromulgationDate, envelope.DueDate));
        Assert.Equal("000.00.00.G22,2014/02/30,7806/VPCP-TTĐT", envelope.Trace!.Business!.DocumentId);
        Assert.Equal(PackageSignature.Placeholder, envelope.Signature);
        var attachment = Assert.Single(envelope.Attachments);
        Assert.Equal(("1896_QD-TTg_m_294779.doc", "zip"), (attachment.Name, attachment.SniffedType));
        Assert.Equal(("edxml", "xml"), (attachment.Wrapped!.Extension, attachment.Wrapped.SniffedType));
        Assert.Contains(reading.Warnings, warning => warning.Code == "name-content-mismatch");
    }

    [SkippableFact]
    public void The_update_names_changed_receivers_and_the_revocation_its_document()
    {
        var update = TestPackages.Read(Load("edoc_update.edxml")).Envelope!;
        var revocation = TestPackages.Read(Load("edoc_revocation.edxml")).Envelope!;

        Assert.Equal(BusinessType.Update, update.BusinessType);
        Assert.Equal(["000.00.00.H41", "000.00.00.H14", "000.00.00.G17"], update.To.Select(to => to.OrganId));
        Assert.Equal(("1", "1"), (update.Trace!.Business!.DocumentInfo, update.Trace.Business.DocumentReceiver));
        Assert.Equal([new ChangedReceiver("000.00.00.H41", "0"), new ChangedReceiver("000.00.00.H14", "1")], update.Trace.Business.Receivers);
        Assert.Equal(BusinessType.Revocation, revocation.BusinessType);
        Assert.Equal("000.00.04.G14,2012/08/06,267/VPCP-TTĐT", Assert.Single(revocation.ResponseFor).DocumentId);
    }

    [SkippableTheory]
    [InlineData("status_inbox__01.edxml", "01", "000.00.00.H41", "000.00.00.G22")]
    [InlineData("status_rejection_02.edxml", "02", "000.00.00.H41", "000.00.00.G22")]
    [InlineData("status_acceptance_03.edxml", "03", "000.00.00.H41", "000.00.00.G22")]
    [InlineData("status_processing_05.edxml", "05", "000.00.00.H41", "000.00.00.G22")]
    [InlineData("status_change-acceptance_15.edxml", "15", "000.00.00.H41", "000.00.00.G22")]
    [InlineData("status_cancellation_13.edxml", "13", "000.00.00.G22", "000.00.00.H41")]
    public void A_status_package_tells_its_code_and_both_organisations(string name, string code, string from, string to)
    {
        var envelope = TestPackages.Read(Load(name)).Envelope!;

        Assert.Equal(MessageKind.Status, envelope.Kind);
        Assert.Equal((code, "2015/09/20 11:08:36"), (envelope.Status!.Code, envelope.Status.Timestamp));
        Assert.Equal("Nguyen thi ngoc tram", envelope.Status.Staff!.Staff);
        Assert.Equal(from, envelope.From.OrganId);
        Assert.Equal((to, "000.00.00.G22,2015/09/30,7816/VPCP-TTĐT"), (envelope.ResponseFor[0].OrganId, envelope.ResponseFor[0].DocumentId));
        Assert.Null(envelope.Trace);
    }

    [SkippableFact]
    public void The_delivered_package_has_three_hops_one_without_a_name_and_two_files()
    {
        var envelope = TestPackages.Read(Load("enterprise_to_ministry_3hops.edxml")).Envelope!;

        Assert.Equal(PackageSignature.Absent, envelope.Signature);
        Assert.Equal(["020100000001", null, "02.29.W00"], envelope.Trace!.Hops.Select(hop => hop.OrganId));
        Assert.Equal(["G12", "000.00.00.G12"], envelope.To.Select(to => to.OrganId));
        Assert.Equal("pdf", envelope.Attachments[0].SniffedType);
        Assert.Null(envelope.Attachments[0].Wrapped);
        Assert.Equal(("doc", "ole"), (envelope.Attachments[1].Wrapped!.Extension, envelope.Attachments[1].Wrapped!.SniffedType));
    }

    private static byte[] Load(string name)
    {
        var folder = Environment.GetEnvironmentVariable("DOCEXCHANGE_SHARED");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); folder is null && at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "shared");
            if (Directory.Exists(Path.Combine(candidate, "samples"))) folder = candidate;
        }
        var file = folder is null ? null : Path.Combine(folder, "samples", name);
        Skip.If(file is null || !File.Exists(file), $"The sample package {name} is not here: set DOCEXCHANGE_SHARED to the folder that holds samples/.");
        return File.ReadAllBytes(file!);
    }
}
