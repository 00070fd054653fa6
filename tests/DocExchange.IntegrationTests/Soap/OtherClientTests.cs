using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using DocExchange.Core.Parties;
using DocExchange.Hub.Operations;
using DocExchange.IntegrationTests.Hub;
using Microsoft.Extensions.DependencyInjection;

namespace DocExchange.IntegrationTests.Soap;

/// <summary>Clients that others wrote, from Debian, given nothing but the WSDL. Each test skips, and says so, where its client is missing.</summary>
public sealed class OtherClientTests(HubFixture fixture) : IClassFixture<HubFixture>, IDisposable
{
    // Of the system: another one on the path lacks its packages.
    private const string Python = "/usr/bin/python3";

    private readonly string _folder = Directory.CreateTempSubdirectory("docexchange-soap-").FullName;

    private TestHub Hub => fixture.Hub;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task Zeep_sends_fetches_and_reports_from_the_wsdl_alone_and_signs()
    {
        Skip.IfNot(await SucceedsAsync(Python, "-c", "import zeep, xmlsec"), "zeep is not installed (Debian: apt-get install python3-zeep python3-xmlsec).");
        var letter = new Letter();
        var (certificate, key) = await RegisterAsync();

        var seen = JsonDocument.Parse(await RunAsync(Python, Script("zeep_client.py"), Wsdl, TestHub.Province, TestHub.Secret, await FileOfAsync(letter.Bytes),
            TestHub.Department, TestHub.Secret, certificate, key)).RootElement;

        foreach (var name in (string[])["repeated12", "repeatedText", "repeatedDigest", "sameBytes", "recorded", "signedSoap11", "signedSoap12"]) Assert.True(seen.GetProperty(name).GetBoolean(), name);
        Assert.Equal("DX-6001 DX-6001", $"{seen.GetProperty("faultSoap11")} {seen.GetProperty("faultSoap12")}");
        Assert.Equal("[\"01\", \"03\"]", seen.GetProperty("statuses").ToString());
        Assert.Equal("dx-receipt/1", seen.GetProperty("receipt").GetString());
        Assert.Equal(3, seen.GetProperty("entries").GetInt32());
    }

    [SkippableFact]
    public async Task A_java_client_made_by_wsimport_sends_and_fetches_mtom()
    {
        Skip.IfNot(await SucceedsAsync("wsimport", "-version") && await SucceedsAsync("javac", "-version"), "JAX-WS is not installed (Debian: apt-get install default-jdk-headless jaxws libjaxws-java).");
        var path = string.Join(':', new[] { "/usr/share/jaxws/lib", "/usr/share/java" }.SelectMany(f => Directory.GetFiles(f, "*.jar")));
        File.Copy(Script("JavaClient.java"), Path.Combine(_folder, "JavaClient.java"));
        await RunAsync("wsimport", "-quiet", "-keep", "-Xnocompile", "-p", "client", "-s", _folder, Wsdl);
        await RunAsync("javac", ["-nowarn", "-cp", path, "-d", _folder, .. Directory.GetFiles(Path.Combine(_folder, "client"), "*.java"), Path.Combine(_folder, "JavaClient.java")]);

        var seen = await RunAsync("java", "-cp", $"{_folder}:{path}", "JavaClient", Wsdl, TestHub.Province, TestHub.Secret, await FileOfAsync(new Letter().Bytes), TestHub.Department, TestHub.Secret);

        Assert.Equal("first=false\nsecond=true\nsameBytes=true\nfault=DX-6001\n", seen);
    }

    [SkippableFact]
    public async Task Xmllint_finds_description_and_schema_sound_and_a_request_valid()
    {
        Skip.IfNot(await SucceedsAsync("xmllint", "--version"), "xmllint is not installed (Debian: apt-get install libxml2-utils).");
        var request = Path.Combine(_folder, "request.xml");
        await File.WriteAllTextAsync(request, $"<SendDocument xmlns='{SoapCalls.Contract}'><To>H30.12</To><Key>k</Key><Digest>{new string('0', 64)}</Digest><Package>AAAA</Package></SendDocument>");

        await RunAsync("xmllint", "--noout", RepositoryFiles.PathOf("schemas", "soap", "docexchange.wsdl"));
        await RunAsync("xmllint", "--noout", "--schema", RepositoryFiles.PathOf("schemas", "soap", "docexchange.xsd"), request);
    }

    [SkippableFact]
    public async Task Curl_sends_a_message_of_parts_that_was_made_by_hand()
    {
        Skip.IfNot(await SucceedsAsync("curl", "--version"), "curl is not installed.");
        var message = await FileOfAsync(await SoapCalls.Related(SoapCalls.Root(), ("package", new Letter().Bytes)).ReadAsByteArrayAsync());

        var answer = await RunAsync("curl", "-s", "-u", $"{TestHub.Province}:{TestHub.Secret}", "-H", $"SOAPAction: \"{SoapCalls.Contract}/SendDocument\"",
            "-H", "Content-Type: multipart/related; type=\"application/xop+xml\"; start=\"<root>\"; start-info=\"text/xml\"; boundary=b1", "--data-binary", "@" + message, new Uri(Hub.Address, "/soap/v1").ToString());

        Assert.Contains("<Repeated>false</Repeated>", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_description_is_served_with_the_address_it_was_asked_for_at()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Wsdl) { Headers = { Host = "truc.tinh.example:8443" } };
        using var response = await Hub.Http.SendAsync(request);
        var wsdl = await response.Content.ReadAsStringAsync();

        Assert.Contains("location=\"http://truc.tinh.example:8443/soap/v1\"", wsdl, StringComparison.Ordinal);
        Assert.Contains("schemaLocation=\"http://truc.tinh.example:8443/soap/v1?xsd=docexchange.xsd\"", wsdl, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllTextAsync(RepositoryFiles.PathOf("schemas", "soap", "docexchange.xsd")), await Hub.Http.GetStringAsync(new Uri(Hub.Address, "/soap/v1?xsd=docexchange.xsd")));
    }

    private string Wsdl => new Uri(Hub.Address, "/soap/v1?wsdl").ToString();

    private static string Script(string name) => RepositoryFiles.PathOf("tests", "DocExchange.IntegrationTests", "Soap", "Clients", name);

    private async Task<string> FileOfAsync(byte[] bytes)
    {
        var path = Path.Combine(_folder, "message");
        await File.WriteAllBytesAsync(path, bytes);
        return path;
    }

    private async Task<(string Certificate, string Key)> RegisterAsync()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=zeep", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        var (certificateFile, keyFile) = (Path.Combine(_folder, "zeep.pem"), Path.Combine(_folder, "zeep.key"));
        await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        await Hub.Hub.Services.GetRequiredService<SystemSecrets>().IssueAsync(Hub.Parties.FindSystem(TestHub.Province)!, CredentialKind.Certificate, "test", certificate.ExportCertificatePem());
        return (certificateFile, keyFile);
    }

    private static async Task<bool> SucceedsAsync(string program, params string[] arguments)
    {
        try
        {
            await RunAsync(program, arguments);
            return true;
        }
        catch (Exception fault) when (fault is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return false;
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await errors} {await output}");
        return await output;
    }
}
