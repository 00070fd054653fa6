using DocExchange.Axis.Calls;
using System.Text;
using DocExchange.Client;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.IntegrationTests.Hub;
using DocExchange.Sandbox.Axis.Correspondents;

namespace DocExchange.IntegrationTests.NationalAxis;

/// <summary>The sandbox's own organisations answer by their scripts, through the same lists as everybody.</summary>
public sealed class AxisCorrespondentTests : IAsyncLifetime
{
    private TestAxis _axis = null!;

    public async Task InitializeAsync() => _axis = await TestAxis.StartAsync();

    public async Task DisposeAsync() => await _axis.DisposeAsync();

    [Fact]
    public async Task A_script_is_reported_in_order_about_the_right_document()
    {
        _axis.Axis.Set(new Correspondent("G22") { Scripts = ["01 03 04 05 06"] });
        var letter = new Letter { To = ["G22"] };

        await _axis.SendAsync(letter);

        var statuses = await StatusesAsync(_axis.NorthClient, 5);
        Assert.Equal(["01", "03", "04", "05", "06"], statuses.Select(status => status.Status!.Code));
        Assert.All(statuses, status => Assert.Equal((letter.DocumentId, letter.Code, "000.00.00.G22"), (status.ResponseFor[0].DocumentId, status.ResponseFor[0].Code, status.From.OrganId)));
    }

    [Fact]
    public async Task Who_has_no_script_takes_a_document_in_silence_and_one_on_hold_never_answers()
    {
        _axis.Axis.Set(new Correspondent("G12") { Scripts = ["hold"] });
        _axis.Axis.Set(new Correspondent("G14") { Scripts = ["fail"] });

        var docId = await _axis.SendAsync(new Letter { To = ["G17", "G12", "G14"] });

        await Polled.UntilAsync(async () => string.Join(' ', (await _axis.NorthClient.SentListAsync("edoc", docId)).Value!.Select(row => row.ReceiveStatus)) == "done initial fail", "the answers of all three");
        Assert.Empty(await _axis.ListAsync(_axis.NorthClient, "status"));
    }

    [Theory]
    [InlineData(StatusForm.StatusElement, "<edXML:Status>", "<edXML:StatusCode>2</edXML:StatusCode>")]
    [InlineData(StatusForm.IntegerCodes, "<edXML:MessageHeader>", "<edXML:StatusCode>2</edXML:StatusCode>")]
    public async Task A_status_comes_in_the_form_its_writer_uses(StatusForm form, string element, string code)
    {
        _axis.Axis.Set(new Correspondent("G12") { Scripts = ["02"], Form = form });
        await _axis.SendAsync(new Letter { To = ["G12"] });

        var status = Assert.Single(await StatusesAsync(_axis.NorthClient, 1));
        var text = Encoding.UTF8.GetString(await _axis.FetchAsync(_axis.NorthClient, (await _axis.ListAsync(_axis.NorthClient, "status"))[0].DocId));

        Assert.Contains(element, text, StringComparison.Ordinal);
        Assert.Contains(code, text, StringComparison.Ordinal);
        Assert.Contains("lý do", status.Status!.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "15")]
    [InlineData(false, "16")]
    public async Task A_recall_and_a_revocation_are_agreed_to_or_refused(bool agrees, string code)
    {
        _axis.Axis.Set(new Correspondent("G22") { Scripts = [""], AgreesToChanges = agrees });
        var letter = new Letter { To = ["G22"] };
        await _axis.SendAsync(letter);
        using var recall = new MemoryStream(new StatusPaper(letter, "H30", "13") { Addressee = "G22" }.Bytes);

        await _axis.NorthClient.SendAsync(recall, "status", "H30");
        await _axis.SendAsync(new Letter { To = ["G22"] }.Revoking(letter));

        var statuses = await StatusesAsync(_axis.NorthClient, 2);
        Assert.All(statuses, status => Assert.Equal((code, letter.DocumentId), (status.Status!.Code, status.ResponseFor[0].DocumentId)));
    }

    [Fact]
    public async Task A_letter_of_the_sandbox_is_recalled_when_its_receiver_first_reports()
    {
        _axis.Axis.Set(new Correspondent("G17") { Recalls = 1 });
        await _axis.Axis.DeliverAsync(new SampleLetter("G17", "H30"));
        var item = Assert.Single(await _axis.ListAsync(_axis.NorthClient));
        var letter = PackageReader.Read(await _axis.FetchAsync(_axis.NorthClient, item.DocId), PackageLimits.Default).Envelope!;
        var about = new Letter { From = "G17", Id = letter.DocumentId, Number = letter.CodeNumber!, Notation = letter.CodeNotation! };

        foreach (var code in new[] { "03", "05" })
        {
            using var report = new MemoryStream(new StatusPaper(about, "H30", code).Bytes);
            Assert.Null((await _axis.NorthClient.SendAsync(report, "status", "H30")).Refusal);
        }

        var recall = Assert.Single(await StatusesAsync(_axis.NorthClient, 1));
        Assert.Equal(("13", letter.DocumentId, "H30"), (recall.Status!.Code, recall.ResponseFor[0].DocumentId, recall.ResponseFor[0].OrganId));
    }

    [Fact]
    public async Task The_script_drawn_for_a_document_depends_on_its_id_and_the_seed_alone()
    {
        async Task<string> RunAsync()
        {
            await _axis.Axis.ResetAsync();
            for (var i = 0; i < 8; i++) await _axis.SendAsync(new Letter { To = ["H17"], Id = $"H30,2026/11/20,{i}/UBND" });
            var statuses = await StatusesAsync(_axis.NorthClient, 8);
            return string.Join(' ', statuses.OrderBy(status => status.ResponseFor[0].DocumentId, StringComparer.Ordinal).Select(status => status.Status!.Code));
        }
        _axis.Axis.Set(new Correspondent("H17") { Scripts = ["03", "02"] });

        var first = await RunAsync();

        Assert.Contains("02", first, StringComparison.Ordinal);
        Assert.Contains("03", first, StringComparison.Ordinal);
        Assert.Equal(first, await RunAsync());
    }

    /// <summary>The statuses in a system's list, read, once there are that many.</summary>
    private async Task<IReadOnlyList<Envelope>> StatusesAsync(VxpClient client, int count)
    {
        IReadOnlyList<ReceivedItem> items = [];
        await Polled.UntilAsync(async () => (items = await _axis.ListAsync(client, "status")).Count >= count, $"{count} statuses");
        var statuses = new List<Envelope>();
        foreach (var item in items) statuses.Add(PackageReader.Read(await _axis.FetchAsync(client, item.DocId), PackageLimits.Default).Envelope!);
        return statuses;
    }
}
