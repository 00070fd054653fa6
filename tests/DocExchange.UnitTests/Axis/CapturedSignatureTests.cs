using System.Security.Cryptography;
using System.Text;
using DocExchange.Axis.Protocol;
using Xunit;

namespace DocExchange.UnitTests.Axis;

/// <summary>Guards against refusing what real clients of two SDK generations put on the wire.</summary>
public sealed class CapturedSignatureTests
{
    private static readonly byte[] Secret = "0123456789abcdef0123456789abcdef"u8.ToArray();

    public static TheoryData<string> Verifiable() =>
    [
        "vxp-sdk-2.0.1/01_getAgenciesList.req", "vxp-sdk-2.0.1/02_getAgenciesListQD20.req", "vxp-sdk-2.0.1/03_getSynchronizeUnit.req",
        "vxp-sdk-2.0.1/04_registerAgency.req", "vxp-sdk-2.0.1/05_deleteAgency.req", "vxp-sdk-2.0.1/06_getReceivedEdocList.req",
        "vxp-sdk-2.0.1/07_getReceivedEdocList.req", "vxp-sdk-2.0.1/08_getEdoc.req", "vxp-sdk-2.0.1/09_updateStatus.req",
        "vxp-sdk-2.0.1/10_getSentEdocList.req", "vxp-sdk-2.0.1/11_sendEdoc.req", "vxp-sdk-2.0.1/12_sendEdoc.req", "vxp-sdk-2.0.1/13_sendEdoc.req",
        "vxp-sdk-2.0.1/14_downloadEdoc.req", "vxp-sdk-2.0.1/16_countReceiveEdoc.req", "vxp-sdk-2.0.1/17_countReceiveStatus.req",
        "vxp-sdk-2.0.1/stateful/01_vxp_sendEdoc.req", "vxp-sdk-2.0.1/stateful/02_vxp_getReceivedEdocList.req",
        "vxp-sdk-2.0.0/01_getAgenciesList.req", "vxp-sdk-2.0.0/02_sendEdoc.req", "vxp-sdk-2.0.0/03_getReceivedEdocList.req",
        "vxp-sdk-2.0.0/04_getEdoc.req", "vxp-sdk-2.0.0/05_updateStatus.req", "vxp-sdk-2.0.0/06_registerAgency.req",
        "vxp-sdk-2.0.0/07_deleteAgency.req", "vxp-sdk-2.0.0/08_getSentEdocList.req",
    ];

    [SkippableTheory]
    [MemberData(nameof(Verifiable))]
    public void A_real_clients_request_is_authentic(string name)
    {
        var request = CapturedRequest.Read(name);

        var valid = Assert.IsType<SignatureCheck.Valid>(HeaderSignature.Verify(request.Headers, [Secret]));

        Assert.Equal("000.00.00.H30", valid.Values.SystemId);
        var sent = Assert.Single(request.Headers, header => header.Key == VxpNames.HashHeader).Value;
        var text = Assert.Single(request.Headers, header => header.Key == VxpNames.SignHeader).Value;
        Assert.Equal(sent, HeaderSignature.Compute(Secret, Encoding.Latin1.GetBytes(text)));
    }

    [SkippableTheory]
    [MemberData(nameof(Verifiable))]
    public void A_real_clients_request_with_another_secret_is_not(string name)
    {
        var request = CapturedRequest.Read(name);
        Assert.Equal(new SignatureCheck.Invalid(SignatureFault.WrongSignature), HeaderSignature.Verify(request.Headers, ["another"u8.ToArray()]));
    }

    [SkippableFact]
    public void A_description_that_the_client_mutilated_gets_a_hint_instead_of_an_alarm()
    {
        var request = CapturedRequest.Read("vxp-sdk-2.0.1/stateful/03_vxp_updateStatus.req");
        Assert.Equal(new SignatureCheck.Invalid(SignatureFault.NonAsciiValue), HeaderSignature.Verify(request.Headers, [Secret]));
    }

    [SkippableFact]
    public void A_download_without_any_signed_header_is_not_anonymous_access()
    {
        var request = CapturedRequest.Read("vxp-sdk-2.0.1/15_downloadEdoc.req");
        Assert.Equal(new SignatureCheck.Invalid(SignatureFault.MissingHeaders), HeaderSignature.Verify(request.Headers, [Secret]));
    }

    [SkippableFact]
    public void Values_are_read_in_whatever_order_and_case_they_came()
    {
        var status = Values("vxp-sdk-2.0.1/09_updateStatus.req");
        Assert.Equal("done", status.Status);
        Assert.Equal("11111111-2222-3333-4444-555555555555", status.DocId);
        Assert.Equal(status.DocId, status["docid"]);
        Assert.Equal(["000.00.00.G22", "000.00.00.H46"], Values("vxp-sdk-2.0.1/12_sendEdoc.req").To);
        Assert.Null(Values("vxp-sdk-2.0.1/11_sendEdoc.req").To);
        Assert.Equal("000.00.01.H30", Values("vxp-sdk-2.0.1/05_deleteAgency.req").AgencyCode);
        var list = Values("vxp-sdk-2.0.0/08_getSentEdocList.req");
        Assert.Null(list.ServiceType);
        Assert.Null(list.MessageType);
    }

    [SkippableTheory]
    [InlineData("vxp-sdk-2.0.1/11_sendEdoc.req")]
    [InlineData("vxp-sdk-2.0.1/12_sendEdoc.req")]
    [InlineData("vxp-sdk-2.0.1/13_sendEdoc.req")]
    [InlineData("vxp-sdk-2.0.1/stateful/01_vxp_sendEdoc.req")]
    [InlineData("vxp-sdk-2.0.0/02_sendEdoc.req")]
    public void The_file_hash_of_a_real_client_is_that_of_the_body_without_one_line_end(string name)
    {
        var request = CapturedRequest.Read(name);
        var hash = Values(name).HashFile!;

        Assert.True(FileHash.Matches(SHA256.HashData(request.Body.AsSpan(0, request.Body.Length - 2)), hash));
        Assert.False(FileHash.Matches(SHA256.HashData(request.Body), hash));
    }

    private static SignedValues Values(string name) =>
        Assert.IsType<SignatureCheck.Valid>(HeaderSignature.Verify(CapturedRequest.Read(name).Headers, [Secret])).Values;
}
