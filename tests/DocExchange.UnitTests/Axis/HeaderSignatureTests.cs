using System.Text;
using DocExchange.Axis.Protocol;
using Xunit;
using Pair = System.Collections.Generic.KeyValuePair<string, string>;

namespace DocExchange.UnitTests.Axis;

/// <summary>Guards the one rule of the edge's trust: nothing is acted on that the caller did not sign, and nothing with two meanings.</summary>
public sealed class HeaderSignatureTests
{
    private static readonly byte[] Secret = "0123456789abcdef0123456789abcdef"u8.ToArray();

    [Fact]
    public void The_published_vector_is_reproduced()
    {
        var text = """{"XroadVnpt-systemid":"000.00.00.H30","XroadVnpt-timestamp":"21112026T160245+0273","XroadVnpt-Content-Type":"application/json"}""";
        Assert.Equal("2d8f14e3fc8d759463915b9a1c33d35f9d24e79df8a7eb786385ced7ab9f5873", HeaderSignature.Compute(Secret, Encoding.ASCII.GetBytes(text)));
    }

    [Fact]
    public void What_our_client_signs_verifies()
    {
        var values = Valid(Signed(("to", SignedCall.Recipients(["000.00.00.G22", "000.00.00.H46"])), ("status", "done"), ("description", null)));
        Assert.Equal("H30", values.SystemId);
        Assert.Equal(["000.00.00.G22", "000.00.00.H46"], values.To);
        Assert.Equal("done", values.Status);
        Assert.Null(values.Description);
        Assert.Equal("21112026T160245+0273", values.Timestamp);
    }

    [Fact]
    public void Our_client_refuses_to_sign_what_http_would_mutilate() =>
        Assert.Throws<ArgumentException>(() => Signed(("description", "Lỗi")));

    [Fact]
    public void While_secrets_overlap_either_one_is_accepted()
    {
        byte[] older = "the old one"u8.ToArray();
        Assert.IsType<SignatureCheck.Valid>(HeaderSignature.Verify(Signed(), [older, Secret]));
        Assert.IsType<SignatureCheck.Valid>(HeaderSignature.Verify(Signed(), [Secret, older]));
        Assert.Equal(SignatureFault.WrongSignature, Fault(Signed(), [older]));
    }

    [Fact]
    public void An_unknown_system_fails_as_a_wrong_secret_does() => Assert.Equal(SignatureFault.WrongSignature, Fault(Signed(), []));

    [Theory]
    [InlineData("XroadVnpt-systemid")]
    [InlineData("XroadVnpt-sign-header")]
    [InlineData("XroadVnpt-hash-header")]
    public void A_call_without_a_header_that_the_check_needs_is_refused(string name)
    {
        var headers = Signed();
        headers.RemoveAll(header => header.Key == name);
        Assert.Equal(SignatureFault.MissingHeaders, Fault(headers));
    }

    [Theory]
    [InlineData("XroadVnpt-systemid", "H31")]
    [InlineData("XroadVnpt-sign-header", "{}")]
    [InlineData("xroadvnpt-hash-header", "2d8f14e3fc8d759463915b9a1c33d35f9d24e79df8a7eb786385ced7ab9f5873")]
    public void A_call_with_a_second_copy_of_one_is_refused(string name, string value)
    {
        var headers = Signed();
        headers.Add(new(name, value));
        Assert.Equal(SignatureFault.MissingHeaders, Fault(headers));
    }

    [Theory]
    [InlineData("")]
    [InlineData("zz")]
    [InlineData("2d8f14e3fc8d759463915b9a1c33d35f9d24e79df8a7eb786385ced7ab9f587")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public void A_hash_that_is_no_hash_or_another_is_a_wrong_signature(string hash)
    {
        var headers = Signed();
        Set(headers, VxpNames.HashHeader, hash);
        Assert.Equal(SignatureFault.WrongSignature, Fault(headers));
    }

    [Fact]
    public void An_upper_case_hash_is_the_same_hash()
    {
        var headers = Signed();
        Set(headers, VxpNames.HashHeader, HeaderSignature.ClaimedHash(headers)!.ToUpperInvariant());
        Valid(headers);
    }

    [Fact]
    public void A_value_changed_after_signing_is_refused()
    {
        var headers = Signed(("docId", "1"));
        Set(headers, "XroadVnpt-docId", "2");
        Assert.Equal(SignatureFault.HeaderMismatch, Fault(headers));
    }

    [Fact]
    public void A_signed_value_whose_header_was_removed_is_refused()
    {
        var headers = Signed(("to", "[\"H31\"]"));
        headers.RemoveAll(header => header.Key == "XroadVnpt-to");
        Assert.Equal(SignatureFault.HeaderMismatch, Fault(headers));
    }

    [Fact]
    public void A_second_header_with_another_value_is_refused()
    {
        var headers = Signed(("docId", "1"));
        headers.Add(new("xroadvnpt-DOCID", "2"));
        Assert.Equal(SignatureFault.HeaderMismatch, Fault(headers));
    }

    [Theory]
    [InlineData("to")]
    [InlineData("From")]
    [InlineData("status")]
    [InlineData("docid")]
    [InlineData("messagetype")]
    [InlineData("servicetype")]
    [InlineData("hash-file")]
    [InlineData("agencycode")]
    [InlineData("description")]
    [InlineData("fromDate")]
    [InlineData("toDate")]
    [InlineData("level")]
    public void A_deciding_header_outside_the_signed_text_is_refused(string name)
    {
        var headers = Signed();
        headers.Add(new("xroadVNPT-" + name, "x"));
        Assert.Equal(SignatureFault.UnsignedHeader, Fault(headers));
    }

    [Theory]
    [InlineData("version", "3.0.201608")]
    [InlineData("filePath", "/tmp/store")]
    [InlineData("something-new", "x")]
    public void Other_unsigned_headers_are_ignored(string name, string value)
    {
        var headers = Signed();
        headers.Add(new(VxpNames.HeaderPrefix + name, value));
        Assert.Null(Valid(headers)["filePath"]);
    }

    [Theory]
    [InlineData("""{"XroadVnpt-systemid":"H30","XroadVnpt-docId":"1","XroadVnpt-docId":"1"}""", SignatureFault.DuplicateMember)]
    [InlineData("""{"XroadVnpt-systemid":"H30","XroadVnpt-docId":"1","xroadvnpt-docid":"2"}""", SignatureFault.DuplicateMember)]
    [InlineData("""{"XroadVnpt-systemid":"H30","XroadVnpt-docId":"1","XroadVnpt-doc\u0049d":"2"}""", SignatureFault.DuplicateMember)]
    [InlineData("""{"XroadVnpt-systemid":"H30"} {"XroadVnpt-systemid":"H30"}""", SignatureFault.NotOneObject)]
    [InlineData("""[{"XroadVnpt-systemid":"H30"}]""", SignatureFault.NotOneObject)]
    [InlineData("""{"XroadVnpt-systemid":"H30","XroadVnpt-docId":1}""", SignatureFault.NotOneObject)]
    [InlineData("""{"XroadVnpt-systemid":"H30","XroadVnpt-docId":null}""", SignatureFault.NotOneObject)]
    [InlineData("""{"XroadVnpt-systemid":"H30","XroadVnpt-to":["H31"]}""", SignatureFault.NotOneObject)]
    [InlineData("""{"XroadVnpt-systemid":"H30","XroadVnpt-docId":"\ud800"}""", SignatureFault.NotOneObject)]
    [InlineData("""{"XroadVnpt-systemid":"H30","docId":"1"}""", SignatureFault.NotOneObject)]
    [InlineData("""{"XroadVnpt-systemid":"H30",}""", SignatureFault.NotOneObject)]
    [InlineData("""{"XroadVnpt-systemid":"H30"}x""", SignatureFault.NotOneObject)]
    [InlineData("H30", SignatureFault.NotOneObject)]
    [InlineData("", SignatureFault.NotOneObject)]
    [InlineData("{}", SignatureFault.HeaderMismatch)]
    [InlineData("""{"XroadVnpt-systemid":"H31"}""", SignatureFault.HeaderMismatch)]
    public void A_signed_text_with_no_or_two_meanings_is_refused(string text, SignatureFault fault)
    {
        // No docId header beside it, but the systemid: each text fails for its own reason.
        var headers = text == "{}" ? Raw(text, ("XroadVnpt-systemid", "H30")) : Raw(text, ("XroadVnpt-systemid", "H30"), ("XroadVnpt-docId", "1"));
        Assert.Equal(text == "{}" ? SignatureFault.UnsignedHeader : fault, Fault(headers));
    }

    [Fact]
    public void A_signer_that_puts_utf8_on_the_wire_is_understood()
    {
        var json = """{"XroadVnpt-systemid":"H30","XroadVnpt-description":"Lỗi"}""";
        var wire = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(json));
        var headers = Raw(wire, ("XroadVnpt-systemid", "H30"), ("XroadVnpt-description", Encoding.Latin1.GetString("Lỗi"u8)));
        Assert.Equal("Lỗi", Valid(headers).Description);
    }

    [Fact]
    public void Letters_that_the_client_cut_down_to_control_characters_get_the_hint_too()
    {
        var headers = Signed(("description", "x"));
        Set(headers, "XroadVnpt-description", "\u0011a");
        Set(headers, VxpNames.SignHeader, headers.Single(header => header.Key == VxpNames.SignHeader).Value.Replace("\"x\"", "\"\u0011a\""));
        Assert.Equal(SignatureFault.NonAsciiValue, Fault(headers));
    }

    [Theory]
    [InlineData("""["A","B"]""", "A|B")]
    [InlineData("""[" A ",""]""", "A")]
    [InlineData("\"A\"", "A")]
    [InlineData("\"[\\\"A\\\",\\\"B\\\"]\"", "A|B")]
    [InlineData("A", "A")]
    [InlineData("[1]", "[1]")]
    [InlineData("[\"A\"", "[\"A\"")]
    [InlineData("[]", null)]
    [InlineData("", null)]
    public void Receivers_are_read_in_every_form_and_an_unreadable_text_names_nobody_known(string text, string? expected)
    {
        var to = Valid(Signed(("to", text))).To;
        Assert.Equal(expected, to is null ? null : string.Join('|', to));
    }

    private static List<Pair> Signed(params (string, string?)[] values) =>
        [.. SignedCall.Headers("H30", Secret, new DateTimeOffset(2026, 11, 21, 9, 2, 45, 273, TimeSpan.Zero), VxpNames.Json, values)];

    private static List<Pair> Raw(string signHeader, params (string Name, string Value)[] headers) =>
    [
        .. headers.Select(header => new Pair(header.Name, header.Value)),
        new(VxpNames.SignHeader, signHeader), new(VxpNames.HashHeader, HeaderSignature.Compute(Secret, Encoding.Latin1.GetBytes(signHeader))),
    ];

    private static void Set(List<Pair> headers, string name, string value) => headers[headers.FindIndex(header => header.Key == name)] = new(name, value);

    private static SignatureFault Fault(List<Pair> headers, IReadOnlyList<ReadOnlyMemory<byte>>? secrets = null) =>
        Assert.IsType<SignatureCheck.Invalid>(HeaderSignature.Verify(headers, secrets ?? [Secret])).Fault;

    private static SignedValues Valid(List<Pair> headers) => Assert.IsType<SignatureCheck.Valid>(HeaderSignature.Verify(headers, [Secret])).Values;
}
