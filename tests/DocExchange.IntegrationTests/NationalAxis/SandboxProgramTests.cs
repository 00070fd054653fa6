using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using DocExchange.Axis.Calls;
using DocExchange.IntegrationTests.Evidence;

namespace DocExchange.IntegrationTests.NationalAxis;

/// <summary>The sandbox as ./run starts it: a process of its own.</summary>
public sealed class SandboxProgramTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly Uri _address = new($"http://127.0.0.1:{Ports.Free()}");
    private Process _process = null!;

    public async Task InitializeAsync()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true };
        foreach (var word in new[] { Path.Combine(AppContext.BaseDirectory, "docexchange-sandbox.dll"), "serve", "--port", _address.Port.ToString(CultureInfo.InvariantCulture), "--data", _folder.Path, "--with-parent" }) start.ArgumentList.Add(word);
        // The youngest generation grows with the processor's cache, which is no matter of the program.
        start.Environment["DOTNET_GCgen0size"] = "1000000";
        _process = Process.Start(start)!;
        await Polled.UntilAsync(async () =>
        {
            try { return (await _http.GetAsync(new Uri(_address, "/sandbox"))).IsSuccessStatusCode; }
            catch (HttpRequestException) { return false; }
        }, "the start of the sandbox");
    }

    public async Task DisposeAsync()
    {
        // The end of its input is the end of it.
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_demonstrations_province_receives_with_the_secret_that_lies_beside_the_sandbox()
    {
        await WriteAsync("""{"from":"G22","to":["H30.12"]}""");

        var list = await Client().ListAsync("edoc");

        Assert.Equal("H30.12", Assert.Single(list.Value!).To);
        Assert.Contains("BEGIN CERTIFICATE", await _http.GetStringAsync(new Uri(_address, "/root.pem")), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_large_package_is_taken_rewritten_and_fetched_without_being_held_in_memory()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The peak of a process' memory is read from /proc.");
        await WriteAsync("""{"from":"G22","to":["H30"],"fileBytes":1000}""");
        Assert.True((await FetchFirstAsync()).Value > 1000);
        var before = PeakKilobytes();

        await WriteAsync("""{"from":"G22","to":["H30"],"fileBytes":70000000}""");
        Assert.True((await FetchFirstAsync()).Value > 90_000_000);

        // A package held would be 93 MB and more.
        Assert.InRange(PeakKilobytes() - before, 0, 80_000);
    }

    private async Task<VxpAnswer<long>> FetchFirstAsync()
    {
        var client = Client();
        var item = Assert.Single((await client.ListAsync("edoc")).Value!);
        var fetched = await client.FetchAsync(item.DocId, Stream.Null);
        Assert.Null((await client.ConfirmAsync(item.DocId)).Refusal);
        return fetched;
    }

    private VxpClient Client() => new(_http, new Uri(_address, "/XrdAdapter/adapter"), "000.00.00.H30", File.ReadAllText(_folder.At("axis.secret")).Trim(), TimeProvider.System);

    private async Task WriteAsync(string letter)
    {
        using var content = new StringContent(letter, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri(_address, "/sandbox/letters"), content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private int PeakKilobytes() => int.Parse(File.ReadLines($"/proc/{_process.Id}/status").Single(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]);
}
