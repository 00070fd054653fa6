using DocExchange.Core.Evidence;

namespace DocExchange.IntegrationTests.Evidence;

/// <summary>Guards against a place in a receipt that could be altered unseen: every byte, where the unit tests take samples.</summary>
public sealed class ReceiptSweepTests
{
    /// <summary>0x20 turns a letter into its other case: hex digits, base64 and names must all mind it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(0x20)]
    public void No_byte_of_a_receipt_can_be_changed(byte mask)
    {
        var golden = File.ReadAllBytes(RepositoryFiles.PathOf("tests", "DocExchange.UnitTests", "Evidence", "golden", "receipt-acceptance.json"));
        Assert.True(ReceiptVerifier.Verify(golden, null).Valid);
        Parallel.For(0, golden.Length, at =>
        {
            var altered = (byte[])golden.Clone();
            altered[at] ^= mask;
            Assert.False(ReceiptVerifier.Verify(altered, null).Valid, $"byte {at} went unnoticed");
        });
    }
}
