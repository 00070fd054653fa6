using System.Security.Cryptography;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>Packages are judged in memory, from a file, or while they arrive, depending on their size: each way must tell the same.</summary>
public sealed class FaultAtAnySizeTests(HubFixture fixture) : IClassFixture<HubFixture>
{
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
