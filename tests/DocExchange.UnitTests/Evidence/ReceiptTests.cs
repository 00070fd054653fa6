using System.Security.Cryptography.X509Certificates;
using System.Text;
using DocExchange.Core.Evidence;
using DocExchange.Core.Signing;
using Xunit;

namespace DocExchange.UnitTests.Evidence;

public sealed class ReceiptTests
{
    public const string AcceptanceFile = "receipt-acceptance.json";
    public const string RefusalFile = "receipt-refusal.json";

    [Theory]
    [InlineData(AcceptanceFile)]
    [InlineData(RefusalFile)]
    public void The_same_inputs_give_the_golden_bytes(string file)
    {
        var golden = File.ReadAllBytes(GoldenReceipts.FileOf(file));
        var parts = ReceiptFormat.TryParse(golden, out var error);
        Assert.True(parts is not null, error);
        using var key = GoldenReceipts.SampleKey();
        var again = file == AcceptanceFile
            ? GoldenReceipts.Acceptance(_ => parts.Signature, key.Chain)
            : GoldenReceipts.Refusal(_ => parts.Signature, key.Chain);
        Assert.Equal(Encoding.UTF8.GetString(golden), Encoding.UTF8.GetString(ReceiptFormat.Render(again)));
    }

    [Theory]
    [InlineData(AcceptanceFile)]
    [InlineData(RefusalFile)]
    public void A_golden_receipt_verifies_and_every_claim_passes(string file)
    {
        var verdict = ReceiptVerifier.Verify(File.ReadAllBytes(GoldenReceipts.FileOf(file)), [GoldenReceipts.SampleRoot()]);
        Assert.Equal(["format", "entry", "inclusion", "signature", "signer", "chain", "trust"], verdict.Checks.Select(check => check.Name));
        Assert.True(verdict.Trusted, string.Join("; ", verdict.Checks.Select(check => check.English)));
    }

    [Fact]
    public void Without_roots_a_receipt_is_valid_but_not_trusted()
    {
        var verdict = ReceiptVerifier.Verify(File.ReadAllBytes(GoldenReceipts.FileOf(AcceptanceFile)), null);
        Assert.True(verdict.Valid);
        Assert.False(verdict.Trusted);
    }

    /// <summary>Every 29th byte, so that each part of a receipt is met; every byte is changed in the integration tests (ReceiptSweepTests).</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(0x20)]
    public void No_byte_of_a_receipt_can_be_changed(byte mask)
    {
        var golden = File.ReadAllBytes(GoldenReceipts.FileOf(AcceptanceFile));
        Assert.True(ReceiptVerifier.Verify(golden, null).Valid);
        for (var at = 0; at < golden.Length; at += 29)
        {
            var altered = (byte[])golden.Clone();
            altered[at] ^= mask;
            Assert.False(ReceiptVerifier.Verify(altered, null).Valid, $"byte {at} went unnoticed");
        }
    }

    [Fact]
    public void A_cut_receipt_is_refused_at_every_length()
    {
        var golden = File.ReadAllBytes(GoldenReceipts.FileOf(AcceptanceFile));
        for (var length = 0; length < golden.Length; length += 7) Assert.False(ReceiptVerifier.Verify(golden.AsSpan(0, length), null).Valid);
        Assert.False(ReceiptVerifier.Verify([.. golden, (byte)'\n'], null).Valid);
    }

    [Fact]
    public void Each_altered_part_fails_the_check_that_is_about_it()
    {
        using var key = GoldenReceipts.SampleKey();
        var good = GoldenReceipts.Acceptance(checkpoint => key.Sign(checkpoint.ToText(), checkpoint.Time), key.Chain);
        Assert.Equal([], Failed(good));
        Assert.Equal(["entry"], Failed(good with { Id = GoldenReceipts.RefusalId }));
        Assert.Equal(["inclusion"], Failed(good with { Index = 199 }));
        Assert.Equal(["inclusion"], Failed(good with { Path = [.. good.Path.Reverse()] }));
        Assert.Equal(["inclusion"], Failed(good with { Salt = new byte[16] }));
        Assert.Equal(["signature"], Failed(good with { Signature = key.Sign("other"u8) }));
        Assert.Equal(["chain"], Failed(good with { Chain = [key.Chain[0], key.Chain[0]] }));
        Assert.Equal(["chain"], Failed(good with { Chain = [key.Chain[0]] }));
        Assert.Equal(["signature", "signer"], Failed(good with { Chain = [key.Chain[1]] }));
        Assert.Equal(["chain"], Failed(good with { Chain = [] }));
    }

    [Fact]
    public void A_signing_time_that_is_not_the_checkpoints_is_refused()
    {
        using var key = GoldenReceipts.SampleKey();
        Assert.Equal(["signature"], Failed(GoldenReceipts.Acceptance(checkpoint => key.Sign(checkpoint.ToText(), checkpoint.Time.AddSeconds(1)), key.Chain)));
        Assert.Equal([], Failed(GoldenReceipts.Acceptance(checkpoint => key.Sign(checkpoint.ToText()), key.Chain)));
    }

    [Fact]
    public void A_receipt_made_with_anothers_key_is_not_trusted()
    {
        using var authority = SampleCertificates.CreateAuthority("DocExchange sample root", GoldenReceipts.Time);
        using var key = new HubKey(SampleCertificates.IssueHub(authority, "Sample hub", GoldenReceipts.Time), [authority.Certificate.RawData]);
        Assert.Equal(["trust"], Failed(GoldenReceipts.Acceptance(checkpoint => key.Sign(checkpoint.ToText(), checkpoint.Time), key.Chain)));
    }

    [Fact]
    public void A_checkpoint_outside_the_certificates_life_is_refused()
    {
        using var authority = SampleCertificates.CreateAuthority("later", GoldenReceipts.Time.AddYears(2));
        using var key = new HubKey(SampleCertificates.IssueHub(authority, "later", GoldenReceipts.Time.AddYears(2)), [authority.Certificate.RawData]);
        var receipt = GoldenReceipts.Acceptance(checkpoint => key.Sign(checkpoint.ToText(), checkpoint.Time), key.Chain);
        var verdict = ReceiptVerifier.Verify(ReceiptFormat.Render(receipt), [X509CertificateLoader.LoadCertificate(key.Chain[1])]);
        Assert.Equal(["signer", "chain", "trust"], verdict.Checks.Where(check => check.Outcome == CheckOutcome.Failed).Select(check => check.Name));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"format":"dx-receipt/2"}""")]
    [InlineData("""{"format":"dx-receipt/1","id":"\ud800"}""")]
    [InlineData("not json")]
    public void What_is_no_receipt_is_refused_with_a_sentence(string text)
    {
        Assert.Null(ReceiptFormat.TryParse(Encoding.UTF8.GetBytes(text), out var error));
        Assert.NotEmpty(error);
    }

    private static IEnumerable<string> Failed(ReceiptParts parts) =>
        ReceiptVerifier.Verify(ReceiptFormat.Render(parts), [GoldenReceipts.SampleRoot()])
            .Checks.Where(check => check.Outcome == CheckOutcome.Failed).Select(check => check.Name);
}
