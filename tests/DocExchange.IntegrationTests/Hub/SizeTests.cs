using System.Security.Cryptography;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>Packages are staged in memory, in a file, or read while they arrive, depending on their size: each way must tell the same.</summary>
public sealed class SizeTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    [Theory]
    [InlineData(10_000)]
    [InlineData(45_000)]
    [InlineData(48_000)]
    [InlineData(60_000)]
    [InlineData(200_000)]
    [InlineData(700_000)]
    [InlineData(900_000)]
    [InlineData(6_000_000)]
    public async Task A_letter_of_any_size_is_accepted_and_fetched_byte_for_byte(int size)
    {
        var letter = new Letter { File = [.. "%PDF-1.4\n"u8, .. RandomNumberGenerator.GetBytes(size)] };

        var sent = (await fixture.Hub.SendAsync(letter)).Ok();

        var item = Assert.Single((await fixture.Hub.TrackAsync(sent.DocId)).Deliveries).ItemId;
        using var copy = new MemoryStream();
        await fixture.Hub.Client(TestHub.Department).FetchAsync(item, copy);
        Assert.Equal(letter.Bytes, copy.ToArray());
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(60_000)]
    [InlineData(200_000)]
    [InlineData(900_000)]
    [InlineData(6_000_000)]
    public async Task A_fault_is_named_alike_whatever_the_size(int size)
    {
        var letter = new Letter { Subject = new string('a', 501), File = [.. "%PDF-1.4\n"u8, .. RandomNumberGenerator.GetBytes(size)] };

        await fixture.Hub.RefusesAsync(() => fixture.Hub.SendAsync(letter), 22, "DX-2202");
    }
}
