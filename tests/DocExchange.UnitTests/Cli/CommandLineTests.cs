using System.Net;
using System.Text;
using System.Text.Json;
using DocExchange.Cli;
using DocExchange.UnitTests.Client;
using Xunit;

namespace DocExchange.UnitTests.Cli;

/// <summary>Guards what scripts and people rely on: exit codes, which credentials are used, and that a refusal says why in both languages.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("dx-").FullName;
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private readonly MemoryStream _raw = new();
    private readonly Dictionary<string, string> _variables = [];

    public CommandLineTests()
    {
        File.WriteAllText(Path.Combine(_folder, "demo-credentials.json"), """
            {"operator":{"user":"op","password":"pw"},
             "systems":[{"systemId":"sys-a","secret":"the secret","apiKey":"sys-a.k"},{"systemId":"sys-b","secret":"b","apiKey":"sys-b.k"}]}
            """);
        _variables["DEX_DATA"] = _folder;
    }

    public static TheoryData<string> AllVerbs() => [.. Verbs.All.Select(verb => verb.Name)];

    [Theory]
    [MemberData(nameof(AllVerbs))]
    public async Task Every_command_is_in_the_help_and_has_its_own(string name)
    {
        Assert.Equal(ExitCode.Done, await Run(RecordedHub.Json(""), "help"));
        Assert.Contains("  " + name, _out.ToString(), StringComparison.Ordinal);
        _out.GetStringBuilder().Clear();
        Assert.Equal(ExitCode.Done, await Run(RecordedHub.Json(""), [.. name.Split(' '), "--help"]));
        Assert.StartsWith("dex " + name, _out.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("agencies frobnicate")]
    [InlineData("inbox --frobnicate")]
    [InlineData("inbox --as")]
    [InlineData("inbox --json=yes --as sys-a")]
    [InlineData("inbox one-word-too-many --as sys-a")]
    [InlineData("inbox")]
    [InlineData("inbox --as nobody")]
    [InlineData("inbox --as sys-a --type post")]
    [InlineData("inbox --as sys-a --hub ftp://x")]
    [InlineData("fetch --as sys-a")]
    [InlineData("fetch 1 --as sys-a")]
    [InlineData("send /nowhere/at-all --as sys-a")]
    [InlineData("confirm 1 --fail lỗi --as sys-a")]
    [InlineData("status 1 77 --as sys-a")]
    [InlineData("status 1 02 --as sys-a")]
    [InlineData("systems add x --profile odd --serves H30")]
    [InlineData("systems add x")]
    [InlineData("credentials add x --kind odd")]
    [InlineData("credentials add x --overlap soon")]
    [InlineData("agencies --user nopassword")]
    public async Task A_wrong_command_line_ends_with_2_and_calls_nobody(string line)
    {
        var hub = RecordedHub.Json("");
        Assert.Equal(ExitCode.Usage, await Run(hub, line.Split(' ')));
        Assert.Empty(hub.Calls);
        Assert.True(_error.ToString().Split('\n').Length >= 3, _error.ToString());
    }

    [Fact]
    public async Task A_system_of_the_data_folder_signs_with_its_secret_and_both_inboxes_are_shown()
    {
        var hub = RecordedHub.Json("""{"status":"OK","ErrorCode":"0","ErrorDesc":"","data":[{"docId":"0192","messageType":"edoc","from":"G22\u001b[2J","status":"initial"}]}""");
        Assert.Equal(ExitCode.Done, await Run(hub, "inbox", "--as", "sys-a"));
        Assert.Equal("sys-a", hub.Signed().SystemId);
        Assert.Equal(2, hub.Calls.Count);
        Assert.Equal("http://127.0.0.1:8080/vxp/getReceivedEdocList", hub.Calls[0].Request.RequestUri!.ToString());
        Assert.Contains("0192", _out.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', _out.ToString());
    }

    [Fact]
    public async Task Options_come_before_the_environment_and_it_before_the_data_folder()
    {
        _variables["DEX_SYSTEM"] = "sys-b";
        _variables["DEX_KEY"] = "from.environment";
        _variables["DEX_HUB"] = "http://other:1/";
        var hub = RecordedHub.Json("[]");

        await Run(hub, "track", "x");
        await Run(hub, "track", "x", "--key", "from.option", "--hub", "http://third");
        await Run(hub, "track", "x", "--as", "sys-a");

        Assert.Equal(["from.environment", "from.option", "sys-a.k"], hub.Calls.Select(call => call.Request.Headers.Authorization!.Parameter));
        Assert.Equal(["other", "third", "other"], hub.Calls.Select(call => call.Request.RequestUri!.Host));
    }

    [Fact]
    public async Task A_refusal_ends_with_1_and_says_why_in_both_languages_and_what_to_do()
    {
        var hub = RecordedHub.Json(
            """{"code":"DX-4001","detail":"No such agency.","detailVi":"Không có cơ quan.","fix":"Ask.","fixVi":"Hãy hỏi.","receiptId":"r1"}""",
            HttpStatusCode.NotFound, "application/problem+json");
        Assert.Equal(ExitCode.Refused, await Run(hub, "agencies"));
        foreach (var text in new[] { "DX-4001: No such agency.", "Không có cơ quan.", "Ask.", "Hãy hỏi.", "r1" })
            Assert.Contains(text, _error.ToString(), StringComparison.Ordinal);
        Assert.Equal("op:pw", Encoding.UTF8.GetString(Convert.FromBase64String(hub.Calls[0].Request.Headers.Authorization!.Parameter!)));
    }

    [Fact]
    public async Task A_refused_confirmation_ends_with_1()
    {
        Assert.Equal(ExitCode.Refused, await Run(RecordedHub.Json("""{"status":"FAIL","ErrorCode":"18","ErrorDesc":"no"}"""), "confirm", "1", "--as", "sys-a"));
        Assert.Contains("18: no", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hub_that_is_not_there_ends_with_3() =>
        Assert.Equal(ExitCode.Unreachable, await Run(new RecordedHub(_ => throw new HttpRequestException("refused")), "inbox", "--as", "sys-a"));

    [Fact]
    public async Task A_hub_that_does_not_answer_in_time_ends_with_3() =>
        Assert.Equal(ExitCode.Unreachable, await Run(new RecordedHub(_ => throw new TaskCanceledException()), "inbox", "--as", "sys-a"));

    [Fact]
    public async Task A_fetched_file_is_whole_or_absent()
    {
        var path = Path.Combine(_folder, "doc.edxml");
        Assert.Equal(ExitCode.Refused, await Run(RecordedHub.Json("", HttpStatusCode.NotFound), "fetch", "1", "-o", path, "--as", "sys-a"));
        Assert.Equal(["demo-credentials.json"], System.IO.Directory.GetFiles(_folder).Select(Path.GetFileName));

        Assert.Equal(ExitCode.Done, await Run(RecordedHub.Json("<edXML/>"), "fetch", "1", "-o", path, "--as", "sys-a"));
        Assert.Equal("<edXML/>", File.ReadAllText(path));
        Assert.Equal(ExitCode.Done, await Run(RecordedHub.Json("<edXML/>"), "fetch", "1", "-o", "-", "--as", "sys-a"));
        Assert.Equal("<edXML/>", Encoding.UTF8.GetString(_raw.ToArray()));
    }

    [Fact]
    public async Task Locking_an_agency_changes_nothing_else_of_it_and_keeps_the_first_time()
    {
        var hub = RecordedHub.Json(
            """{"code":"H30","name":"Sở","parent":"P","kind":"external","route":"axis:national","aliases":["A"],"lockedSince":"2026-01-02T03:04:05Z","mail":"s@x.vn","refuseRepeatedNumber":true,"focalPoints":[{"name":"Bà An"}]}""");
        Assert.Equal(ExitCode.Done, await Run(hub, "agencies", "lock", "h30"));
        using var sent = JsonDocument.Parse(hub.Calls[1].Body);
        Assert.Equal("/api/v1/agencies/H30", hub.Calls[1].Request.RequestUri!.AbsolutePath);
        Assert.Equal("2026-01-02T03:04:05+00:00", sent.RootElement.GetProperty("lockedSince").GetString());
        Assert.Equal(("P", "external", "A"), (sent.RootElement.GetProperty("parent").GetString(), sent.RootElement.GetProperty("kind").GetString(), sent.RootElement.GetProperty("aliases")[0].GetString()));
        Assert.Equal(("axis:national", "s@x.vn", "Bà An"), (sent.RootElement.GetProperty("route").GetString(), sent.RootElement.GetProperty("mail").GetString(), sent.RootElement.GetProperty("focalPoints")[0].GetProperty("name").GetString()));
        Assert.True(sent.RootElement.GetProperty("refuseRepeatedNumber").GetBoolean());

        Assert.Equal(ExitCode.Done, await Run(hub, "agencies", "unlock", "a"));
        using var unlocked = JsonDocument.Parse(hub.Calls[3].Body);
        Assert.False(unlocked.RootElement.TryGetProperty("lockedSince", out _));
    }

    [Fact]
    public async Task Suspending_a_system_changes_nothing_else_of_it()
    {
        var systems = RecordedHub.Json("""[{"systemId":"s","profile":"peer","dialects":["vxp"],"serves":[{"agency":"H30","subtree":true}],"enabled":true,"mayRegisterAgencies":true,"allowedAddresses":["10.0.0.0/8"]}]""");
        Assert.Equal(ExitCode.Done, await Run(systems, "systems", "suspend", "S"));
        using var system = JsonDocument.Parse(systems.Calls[1].Body);
        Assert.False(system.RootElement.GetProperty("enabled").GetBoolean());
        Assert.Equal(("peer", "10.0.0.0/8", true, "H30"), (system.RootElement.GetProperty("profile").GetString(), system.RootElement.GetProperty("allowedAddresses")[0].GetString(),
            system.RootElement.GetProperty("mayRegisterAgencies").GetBoolean(), system.RootElement.GetProperty("serves")[0].GetProperty("agency").GetString()));
    }

    [Theory]
    [InlineData("accounts set x --role operator")]
    [InlineData("accounts link x subject")]
    [InlineData("accounts reset-factor x")]
    [InlineData("trust remove 00ff")]
    [InlineData("credentials revoke s c")]
    public async Task What_waits_for_another_person_is_said_with_what_that_person_writes(string line)
    {
        var hub = RecordedHub.Json("""{"id":"w1","act":"a","subject":"s","state":"waiting"}""", HttpStatusCode.Accepted);

        Assert.Equal(ExitCode.Done, await Run(hub, line.Split(' ')));

        Assert.Contains("dex approvals approve w1", _out.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("assword", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_secret_names_the_requests_that_end_the_earlier_ones_and_an_approval_shows_the_password_it_made()
    {
        Assert.Equal(ExitCode.Done, await Run(RecordedHub.Json("""{"id":"c2","secret":"x","waiting":["w2"]}"""), "credentials", "add", "s", "--overlap", "0"));
        Assert.Contains("dex approvals approve w2", _out.ToString(), StringComparison.Ordinal);

        Assert.Equal(ExitCode.Done, await Run(RecordedHub.Json("""{"name":"moi","role":"operator","password":"shown-once"}"""), "approvals", "approve", "w3"));
        Assert.Contains("shown-once", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_output_is_one_json_value()
    {
        var hub = RecordedHub.Json("""{"entries":[{"code":"H30","name":"Sở Nội vụ"}],"lastChange":7}""");
        Assert.Equal(ExitCode.Done, await Run(hub, "agencies", "--json"));
        using var json = JsonDocument.Parse(_out.ToString());
        Assert.Equal("Sở Nội vụ", json.RootElement[0].GetProperty("name").GetString());
        Assert.Contains("Sở Nội vụ", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_directory_is_searched_by_the_hub_and_listed_page_by_page()
    {
        var hub = new RecordedHub(request => RecordedHub.Json(request.RequestUri!.Query.Contains("after=", StringComparison.Ordinal)
            ? """{"entries":[{"code":"H31","name":"Sở Y tế"}],"lastChange":7}"""
            : """{"entries":[{"code":"H30","name":"Sở Nội vụ"}],"next":"H30","lastChange":7}""").Answer(request));
        Assert.Equal(ExitCode.Done, await Run(hub, "directory", "find", "noi vu"));
        Assert.Contains("name=noi%20vu", hub.Calls[0].Request.RequestUri!.Query, StringComparison.Ordinal);
        Assert.DoesNotContain("H31", _out.ToString(), StringComparison.Ordinal);

        Assert.Equal(ExitCode.Done, await Run(hub, "agencies"));
        Assert.Contains("H31", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_import_shows_the_wrong_rows_with_line_and_reason_in_both_languages()
    {
        var path = Path.Combine(_folder, "danh-ba.csv");
        File.WriteAllText(path, "code,name\n");
        var hub = RecordedHub.Json(
            """
            {"code":"DX-0031","detail":"1 rows of the file cannot be used.","report":{"applied":false,"added":2,"changed":1,"ended":0,"revived":0,"unchanged":4,"wrongRows":1,"missing":0,"compared":0,
             "overtaken":[],"changes":[{"kind":"changed","code":"H30","name":"Sở","fields":[{"field":"mail","before":"","after":"s@x.vn"}]}],
             "wrong":[{"line":7,"code":"H31","field":"parent","english":"There is no agency X.","vietnamese":"Không có cơ quan X."}]}}
            """, HttpStatusCode.UnprocessableEntity, "application/problem+json");

        Assert.Equal(ExitCode.Refused, await Run(hub, "directory", "import", path, "--missing", "end"));

        Assert.Equal("text/csv", hub.Calls[0].Request.Content!.Headers.ContentType!.MediaType);
        Assert.Contains("dryRun=false&missing=end&wrong=refuse", hub.Calls[0].Request.RequestUri!.Query, StringComparison.Ordinal);
        foreach (var text in new[] { "! line 7  H31  parent: There is no agency X.", "Không có cơ quan X.", "~ H30  Sở", "mail: (nothing) -> s@x.vn", "added 2, changed 1", "Nothing was applied" })
            Assert.Contains(text, _out.ToString(), StringComparison.Ordinal);
        Assert.Contains("DX-0031", _error.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    private Task<ExitCode> Run(HttpMessageHandler hub, params string[] words) => CommandLine.RunAsync(
        words, new Surroundings(_out, _error, () => _raw, _variables.GetValueOrDefault, () => hub, TimeProvider.System), CancellationToken.None);
}
