using System.Security.Cryptography;
using System.Text;
using DocExchange.Axis.Protocol;
using DocExchange.Hub.Operations;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>A hub that takes a megabyte.</summary>
public sealed class SmallPackageFixture : HubFixture
{
    protected override void Configure(HubOptions options) => options.MaxPackageMegabytes = 1;
}

/// <summary>Which refusals share a receipt: the same bytes, refused for the same reason, on one day; never what only may be the same.</summary>
public sealed class SharedReceiptTests(SmallPackageFixture fixture) : IClassFixture<SmallPackageFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Packages_too_large_to_be_read_share_a_receipt_only_where_the_signed_hash_says_they_are_the_same()
    {
        byte[] one = new byte[1_100_000], other = [.. one, 1];

        var first = await RefusedAsync(one);
        var again = await RefusedAsync(one);
        var another = await RefusedAsync(other);

        Assert.Equal(first, again);
        Assert.NotEqual(first, another);
    }

    [Fact]
    public async Task A_package_other_than_its_hash_is_receipted_with_the_digest_of_what_came()
    {
        var came = new Letter().Bytes;
        var hash = FileHash.Unpadded(SHA256.HashData("something else"u8));

        var first = await Hub.SendAsync(came, hash: hash);
        var again = await Hub.SendAsync(came, hash: hash);
        var another = await Hub.SendAsync(new Letter().Bytes, hash: hash);

        Assert.Equal(first.ReceiptId, again.ReceiptId);
        Assert.NotEqual(first.ReceiptId, another.ReceiptId);
        var (_, entry) = await Hub.ReceiptAsync(TestHub.Province, first.ReceiptId!);
        Assert.Equal(SHA256.HashData([.. came, (byte)'\r', (byte)'\n']), entry.Digest);
    }

    [Fact]
    public async Task Without_a_signed_hash_every_package_that_is_not_read_has_a_receipt_of_its_own()
    {
        var receipts = new HashSet<string>();
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Hub.Address, "/api/v1/documents")) { Content = new ByteArrayContent(new byte[1_100_000]) };
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {TestHub.Province}.{TestHub.Secret}");
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/xml");
            using var response = await Hub.Http.SendAsync(request);
            receipts.Add(System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("receiptId").GetString()!);
        }

        Assert.Equal(2, receipts.Count);
    }

    [Fact]
    public async Task The_same_bytes_refused_for_another_reason_have_another_receipt()
    {
        var bytes = Encoding.UTF8.GetBytes(new Letter { To = ["H30.KHONG-CO"] }.Text);

        var asDocument = await Hub.SendAsync(bytes);
        var asStatus = await Hub.SendAsync(bytes, kind: "status");

        Assert.NotEqual(asDocument.ReceiptId, asStatus.ReceiptId);
    }

    private async Task<string> RefusedAsync(byte[] package)
    {
        var reply = await Hub.SendAsync(package);
        Assert.Equal((413, "10"), (reply.Status, reply.Code));
        return reply.ReceiptId!;
    }
}
