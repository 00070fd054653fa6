using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using DocExchange.Core;
using DocExchange.Core.Parties;
using DocExchange.Core.Signing;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;

namespace DocExchange.IntegrationTests.Operations;

/// <summary>Somebody's dashboards and alarms are written in these names: they change in review only, and the runbook explains every one.</summary>
public sealed class MetricsTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Names_and_kinds_are_those_that_were_approved()
    {
        var names = string.Join('\n', Names(await PageAsync())) + "\n";
        var approved = Path.Combine(Repository(), "tests", "DocExchange.IntegrationTests", "Operations", "metrics.approved.txt");
        if (Environment.GetEnvironmentVariable("DOCEXCHANGE_APPROVE") == "1") await File.WriteAllTextAsync(approved, names, new UTF8Encoding(false));

        Assert.Equal(await File.ReadAllTextAsync(approved), names);
    }

    [Fact]
    public async Task The_runbook_explains_every_metric_and_none_that_does_not_exist()
    {
        var served = Names(await PageAsync()).Select(line => line.Split(' ')[0]).Order();
        var explained = Regex.Matches(await File.ReadAllTextAsync(Path.Combine(Repository(), "docs", "operating.md")), @"^\| `(docexchange_\w+)", RegexOptions.Multiline)
            .Select(m => m.Groups[1].Value).Order();

        Assert.Equal(served, explained);
    }

    [Fact]
    public async Task What_is_accepted_repeated_and_refused_is_counted_by_outcome_and_code()
    {
        var before = await PageAsync();
        var letter = new Letter();
        (await Hub.PostPackageAsync(letter.Bytes)).Is(201);
        (await Hub.PostPackageAsync(letter.Bytes)).Is(200);
        (await Hub.PostPackageAsync(new Letter { To = ["H30.99"] }.Bytes)).Is(422);
        await Hub.RestAsync(HttpMethod.Get, "inbox", null, null, ("Authorization", "Bearer nobody.wrong"));
        var after = await PageAsync();

        foreach (var series in (string[])["docexchange_submissions_total{outcome=\"accepted\"}", "docexchange_submissions_total{outcome=\"repeated\"}",
            "docexchange_submissions_total{outcome=\"refused\",code=\"DX-4001\"}", "docexchange_acceptance_seconds_count{outcome=\"accepted\"}", "docexchange_unauthenticated_calls_total"])
        {
            Assert.True(Value(after, series) >= Value(before, series) + 1, series);
        }
        Assert.Equal(Value(after, "docexchange_acceptance_seconds_count{outcome=\"accepted\"}"), Value(after, "docexchange_acceptance_seconds_bucket{outcome=\"accepted\",le=\"+Inf\"}"));
    }

    [Fact]
    public async Task Queues_sizes_and_dates_are_those_of_the_hub()
    {
        await using var hub = await TestHub.StartAsync();
        (await hub.PostPackageAsync(new Letter { To = ["H30.12", "H30.13"] }.Bytes)).Is(201);

        var page = await hub.Http.GetStringAsync(new Uri(hub.Address, "/metrics"));

        Assert.Equal(2, Value(page, "docexchange_mailbox_items{kind=\"document\"}"));
        Assert.InRange(Value(page, "docexchange_mailbox_oldest_seconds{kind=\"document\"}"), 0, 60);
        Assert.Equal(0, Value(page, "docexchange_mailbox_items{kind=\"status\"}"));
        Assert.Equal((0, 0), (Value(page, "docexchange_dead_letters"), Value(page, "docexchange_in_doubt")));
        Assert.Equal((1, 1), (Value(page, "docexchange_epoch"), Value(page, "docexchange_writer_available")));
        Assert.InRange(Value(page, "docexchange_certificate_expiry_days"), 1, 10_000);
        Assert.True(Value(page, "docexchange_store_bytes") > 0 && Value(page, "docexchange_disk_free_bytes") > 0 && Value(page, "docexchange_fsync_p99_seconds") > 0);
        Assert.True(Value(page, "docexchange_log_entries") > 20);
        Assert.Contains("docexchange_alarms{kind=\"list-cut\"} 0", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Through_a_proxy_only_an_operator_sees_the_figures()
    {
        await Hub.PartyStore.SaveAccountAsync(new Account(0, "so-do", PasswordHash.Make("mat-khau-mau"), Role.Operator, null), "test", default);
        async Task<HttpStatusCode> Ask(string? basic)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Hub.Address, "/metrics"));
            request.Headers.Add("X-Forwarded-For", "203.0.113.9");
            if (basic is not null) request.Headers.Add("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)));
            using var response = await Hub.Http.SendAsync(request);
            return response.StatusCode;
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await Ask(null));
        Assert.Equal(HttpStatusCode.Unauthorized, await Ask("so-do:wrong"));
        Assert.Equal(HttpStatusCode.OK, await Ask("so-do:mat-khau-mau"));
    }

    [Fact]
    public async Task Counting_allocates_nothing()
    {
        // The page listens from the hub's start on, so this is the cost of a submission with somebody listening.
        await PageAsync();
        HubMeter.Committed(1, TimeSpan.FromMilliseconds(1));
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++) HubMeter.Committed(i % 100, TimeSpan.FromMilliseconds(i % 50));

        // Less than one object per count: another test's hub may begin to listen meanwhile.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_000);
    }

    private Task<string> PageAsync() => Hub.Http.GetStringAsync(new Uri(Hub.Address, "/metrics"));

    private static IEnumerable<string> Names(string page) => Regex.Matches(page, @"^# TYPE (\S+ \S+)$", RegexOptions.Multiline).Select(m => m.Groups[1].Value);

    private static double Value(string page, string series) =>
        page.Split('\n').FirstOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal)) is { } line ? double.Parse(line[(series.Length + 1)..], CultureInfo.InvariantCulture) : 0;

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DocExchange.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
