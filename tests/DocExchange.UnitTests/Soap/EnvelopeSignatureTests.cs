using System.Security.Cryptography;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using DocExchange.Core.Signing.Envelopes;

namespace DocExchange.UnitTests.Soap;

/// <summary>What is signed is found by where it stands; whatever else a signature could be made to seem to cover is refused.</summary>
public sealed class EnvelopeSignatureTests : IDisposable
{
    private const string Request = "<d:ListInbox><d:Kind>document</d:Kind></d:ListInbox>";

    private static readonly EnvelopeLimits Limits = new(40, 10_000, 64);

    private static readonly RSA Key = RSA.Create(2048);

    private readonly EnvelopeSigner _signer = new(Key);

    public void Dispose() => _signer.Dispose();

    [Fact]
    public void Body_and_timestamp_signed_with_a_key_are_that_keys()
    {
        var signed = Verify(EnvelopeSigner.Bytes(_signer.Sign(EnvelopeSigner.Envelope(Request), "body", "time")), out var fault);

        Assert.Equal("", fault);
        Assert.Equal(_signer.Certificate.Thumbprint, signed!.Certificate.Thumbprint);
        Assert.Null(signed.Body);
        Assert.False(signed.LeavesPackageOut);
    }

    [Fact]
    public void White_space_comments_and_characters_beyond_ascii_do_not_break_a_signature()
    {
        var document = _signer.Sign(EnvelopeSigner.Envelope("\n  <d:GetDirectory>\r\n<d:Name>Sở Y tế &amp; <![CDATA[<b>]]></d:Name></d:GetDirectory>\n"), "body", "time");
        EnvelopeSigner.Body(document).AppendChild(document.CreateComment("added under way"));

        Assert.NotNull(Verify(EnvelopeSigner.Bytes(document), out _));
    }

    [Theory]
    [InlineData("Timestamp", "body")]
    [InlineData("Body", "time")]
    public void Both_must_be_signed(string missing, string covered) => Refuses(_signer.Sign(EnvelopeSigner.Envelope(Request), covered), missing);

    [Fact]
    public void A_changed_body_timestamp_or_signed_info_is_refused()
    {
        Refuses(Changed("document</d:Kind>", "status</d:Kind>"), "Body");
        Refuses(Changed("2024-01-05T01", "2034-01-05T01"), "Timestamp");
        Refuses(Changed("URI=\"#time\"", "URI=\"#body\""), "SignatureValue");
        Refuses(Changed("<DigestValue>", "<DigestValue>A"), "SignatureValue");
    }

    [Fact]
    public void A_signed_body_moved_aside_does_not_vouch_for_the_one_in_its_place()
    {
        foreach (var id in (string?[])["body", "other", null])
        {
            var document = _signer.Sign(EnvelopeSigner.Envelope(Request), "body", "time");
            var original = EnvelopeSigner.Body(document);
            var forged = (XmlElement)original.CloneNode(deep: true);
            forged.InnerXml = "<d:GetDirectory xmlns:d=\"urn:docexchange:soap:1\"/>";
            if (id is null) forged.RemoveAttribute("Id", EnvelopeSigner.Wsu);
            else forged.SetAttribute("Id", EnvelopeSigner.Wsu, id);
            original.ParentNode!.ReplaceChild(forged, original);
            var wrapper = document.CreateElement("Wrapper", "urn:wrapper");
            wrapper.AppendChild(original);
            EnvelopeSigner.Security(document).ParentNode!.AppendChild(wrapper);

            Refuses(document);
        }
    }

    [Fact]
    public void A_signed_body_inside_the_body_or_beside_it_is_refused()
    {
        var inside = _signer.Sign(EnvelopeSigner.Envelope(Request), "body", "time");
        var body = EnvelopeSigner.Body(inside);
        var outer = inside.CreateElement("e", "Body", EnvelopeSigner.Soap);
        body.ParentNode!.ReplaceChild(outer, body);
        outer.AppendChild(body);
        Refuses(inside);

        var beside = _signer.Sign(EnvelopeSigner.Envelope(Request), "body", "time");
        var second = beside.CreateElement("e", "Body", EnvelopeSigner.Soap);
        beside.DocumentElement!.AppendChild(second);
        Refuses(beside, "Envelope");
    }

    [Fact]
    public void A_timestamp_elsewhere_or_a_second_one_is_refused()
    {
        var moved = _signer.Sign(EnvelopeSigner.Envelope(Request), "body", "time");
        var stamp = (XmlElement)moved.GetElementsByTagName("Timestamp", EnvelopeSigner.Wsu)[0]!;
        EnvelopeSigner.Security(moved).ParentNode!.AppendChild(stamp);
        Refuses(moved, "Timestamp");

        var doubled = _signer.Sign(EnvelopeSigner.Envelope(Request), "body", "time");
        EnvelopeSigner.Security(doubled).AppendChild(doubled.CreateElement("u", "Timestamp", EnvelopeSigner.Wsu));
        Refuses(doubled, "Timestamp");
    }

    [Theory]
    [InlineData(SignedXml.XmlDsigEnvelopedSignatureTransformUrl)]
    [InlineData(SignedXml.XmlDsigC14NTransformUrl)]
    public void Other_transforms_are_refused(string transform) => Refuses(_signer.Sign(EnvelopeSigner.Envelope(Request), signed =>
    {
        var reference = (Reference)signed.SignedInfo!.References[0]!;
        reference.TransformChain = new TransformChain();
        reference.AddTransform(transform == SignedXml.XmlDsigC14NTransformUrl ? new XmlDsigC14NTransform() : new XmlDsigEnvelopedSignatureTransform());
    }, "body", "time"), "Transform");

    [Fact]
    public void Broken_hashes_are_refused()
    {
        Refuses(_signer.Sign(EnvelopeSigner.Envelope(Request), signed => signed.SignedInfo!.SignatureMethod = SignedXml.XmlDsigRSASHA1Url, "body", "time"), "SignatureMethod");
        Refuses(_signer.Sign(EnvelopeSigner.Envelope(Request), signed => ((Reference)signed.SignedInfo!.References[0]!).DigestMethod = SignedXml.XmlDsigSHA1Url, "body", "time"), "DigestMethod");
    }

    [Fact]
    public void Text_split_by_a_comment_is_signed_as_it_is_read()
    {
        var document = _signer.Sign(EnvelopeSigner.Envelope("<d:GetDirectory><d:Name>H30<!-- .12 -->.13</d:Name></d:GetDirectory>"), "body", "time");

        // Without comments the value is H30.13, for the signature and for whoever reads it.
        Assert.NotNull(Verify(EnvelopeSigner.Bytes(document), out _));
        Refuses(Replaced(document, "H30<!-- .12 -->.13", "H30<!-- .12 -->"), "Body");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100_000)]
    public void A_package_in_a_part_is_held_against_the_text_that_was_signed(int length)
    {
        var package = RandomNumberGenerator.GetBytes(length);
        var document = _signer.Sign(EnvelopeSigner.Envelope($"<d:SendDocument><d:Package>{Convert.ToBase64String(package)}</d:Package></d:SendDocument>"), "body", "time");
        var element = (XmlElement)document.GetElementsByTagName("Package", "urn:docexchange:soap:1")[0]!;
        element.InnerXml = "<x:Include xmlns:x=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:p\"/>";
        var bytes = EnvelopeSigner.Bytes(document);

        foreach (var piece in (int[])[1, 7, 4096])
        {
            using var body = Verify(bytes, out _)!.Body!;
            foreach (var some in package.Chunk(piece)) body.Append(some);
            Assert.True(body.IsAsSigned());
        }
        using var other = Verify(bytes, out _)!.Body!;
        other.Append([.. package, 0]);
        Assert.False(other.IsAsSigned());
    }

    [Fact]
    public void A_signed_reference_to_a_part_says_that_the_part_is_not_signed()
    {
        var document = _signer.Sign(EnvelopeSigner.Envelope("<d:SendDocument><d:Package><x:Include xmlns:x=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:p\"/></d:Package></d:SendDocument>"), "body", "time");

        var signed = Verify(EnvelopeSigner.Bytes(document), out _);

        Assert.True(signed is { LeavesPackageOut: true, Body: null });
    }

    [Fact]
    public void An_envelope_too_deep_or_too_wide_for_canonicalisation_is_refused_before_anything_is_made_of_it()
    {
        var text = _signer.Sign(EnvelopeSigner.Envelope(Request), "body", "time").OuterXml;

        foreach (var content in (string[])[Nested("<a>", "</a>", 140_000), Nested("<a>", "</a>", 40), string.Concat(Enumerable.Repeat("<a/>", 10_001)), "<a " + string.Concat(Enumerable.Range(0, 65).Select(i => $"a{i}='' ")) + "/>"])
        {
            var bytes = Encoding.UTF8.GetBytes(text.Replace("<d:Kind>document</d:Kind>", content, StringComparison.Ordinal));

            Assert.Null(EnvelopeSignature.Verify(bytes, Limits, _ => throw new InvalidOperationException("Asked although it is unsafe."), out var fault));
            Assert.Equal("Envelope", fault);
        }

        static string Nested(string open, string close, int depth) => string.Concat(Enumerable.Repeat(open, depth)) + string.Concat(Enumerable.Repeat(close, depth));
    }

    [Fact]
    public void No_work_is_done_for_a_certificate_that_nobody_knows()
    {
        var document = Changed("<DigestValue>", "<DigestValue>A");

        Assert.Null(EnvelopeSignature.Verify(EnvelopeSigner.Bytes(document), Limits, _ => false, out var fault));
        Assert.Equal("KeyInfo", fault);
    }

    [Fact]
    public void More_references_than_a_header_has_blocks_are_refused_without_following_them() =>
        Refuses(Changed("</SignedInfo>", string.Concat(Enumerable.Repeat("<Reference URI=\"#body\"/>", 20)) + "</SignedInfo>"), "Reference");

    [Fact]
    public void A_signature_spelt_otherwise_has_the_same_identity_and_another_message_has_not()
    {
        var document = _signer.Sign(EnvelopeSigner.Envelope(Request), "body", "time");
        var spelt = Replaced(document, "<SignatureValue>", "<SignatureValue>\n ");
        var other = _signer.Sign(EnvelopeSigner.Envelope(Request, "2024-01-05T01:00:01Z"), "body", "time");

        var identity = Verify(EnvelopeSigner.Bytes(document), out _)!.Identity;

        Assert.Equal(identity, Verify(EnvelopeSigner.Bytes(spelt), out _)!.Identity);
        Assert.NotEqual(identity, Verify(EnvelopeSigner.Bytes(other), out _)!.Identity);
    }

    private static SignedEnvelope? Verify(ReadOnlyMemory<byte> envelope, out string fault) => EnvelopeSignature.Verify(envelope, Limits, _ => true, out fault);

    private XmlDocument Changed(string there, string instead) => Replaced(_signer.Sign(EnvelopeSigner.Envelope(Request), "body", "time"), there, instead);

    private static XmlDocument Replaced(XmlDocument document, string there, string instead)
    {
        Assert.Contains(there, document.OuterXml, StringComparison.Ordinal);
        var changed = new XmlDocument { PreserveWhitespace = true };
        changed.LoadXml(document.OuterXml.Replace(there, instead, StringComparison.Ordinal));
        return changed;
    }

    private static void Refuses(XmlDocument document, string? place = null)
    {
        Assert.Null(Verify(Encoding.UTF8.GetBytes(document.OuterXml), out var fault));
        if (place is not null) Assert.Equal(place, fault);
    }
}
