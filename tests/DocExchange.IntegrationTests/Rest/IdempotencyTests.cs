using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Rest;

/// <summary>A key stands for one request: the first answer again, and never another request's.</summary>
public sealed class IdempotencyTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    private static (string, string) Key() => ("Idempotency-Key", $"\"{Guid.NewGuid()}\"");

    [Fact]
    public async Task The_first_answer_is_given_again_byte_for_byte()
    {
        var letter = new Letter();
        // Its number was used before: the answer has a warning that only the first commit could know.
        (await Hub.PostPackageAsync((letter with { Id = "earlier " + letter.DocumentId }).Bytes)).Is(201);
        var key = Key();

        var first = (await Hub.PostPackageAsync(letter.Bytes, headers: key)).Is(201);
        var again = (await Hub.PostPackageAsync(letter.Bytes, headers: key)).Is(201);

        Assert.Contains("number-used-before", first.Text, StringComparison.Ordinal);
        Assert.Equal(first.Body, again.Body);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task Another_request_under_the_same_key_is_refused_also_one_to_other_receivers_or_about_a_known_document()
    {
        var (letter, other) = (new Letter { To = ["H30.12", "H30.13"] }, new Letter());
        var key = Key();
        (await Hub.PostPackageAsync(other.Bytes)).Is(201);
        (await Hub.PostPackageAsync(letter.Bytes, query: "?to=H30.12", headers: key)).Is(201);

        (await Hub.PostPackageAsync(new Letter().Bytes, headers: key)).Refuses(422, "DX-0017");
        (await Hub.PostPackageAsync(letter.Bytes, query: "?to=H30.13", headers: key)).Refuses(422, "DX-0017");
        (await Hub.PostPackageAsync(other.Bytes, headers: key)).Refuses(422, "DX-0017");

        Assert.NotEqual("", (await Hub.PostPackageAsync(other.Bytes, headers: key)).ReceiptId);
    }

    [Fact]
    public async Task Keys_of_different_systems_have_nothing_to_do_with_each_other()
    {
        var key = Key();

        (await Hub.PostPackageAsync(new Letter().Bytes, headers: key)).Is(201);
        (await Hub.PostPackageAsync(new Letter { From = "H30.12", To = ["H30.13"] }.Bytes, TestHub.Department, headers: key)).Is(201);
    }

    [Fact]
    public async Task A_refusal_leaves_the_key_free_because_the_request_is_judged_afresh_when_it_is_put_right()
    {
        var key = Key();

        (await Hub.PostPackageAsync(new Letter { To = ["H30.99.99"] }.Bytes, headers: key)).Refuses(422, "DX-4001");
        (await Hub.PostPackageAsync(new Letter().Bytes, headers: key)).Is(201);
    }

    [Fact]
    public async Task Fifty_requests_at_once_under_one_key_are_one_document_and_fifty_equal_answers()
    {
        var letter = new Letter();
        var key = Key();

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Hub.PostPackageAsync(letter.Bytes, headers: key)));

        Assert.Single(replies.Select(r => r.Is(201).Text).Distinct());
        Assert.Single(replies, r => !r.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task A_confirmation_remembers_its_key_too()
    {
        var letters = new[] { new Letter(), new Letter() };
        foreach (var letter in letters) (await Hub.PostPackageAsync(letter.Bytes)).Is(201);
        var items = (await Hub.GetAsync("inbox?kind=document&limit=1000", TestHub.Department)).Json.GetProperty("items").EnumerateArray()
            .Where(i => letters.Any(l => l.DocumentId == i.GetProperty("documentId").GetString())).Select(i => i.GetProperty("itemId").GetString()).ToList();
        var key = Key();

        (await Hub.PostJsonAsync($"inbox/{items[0]}/confirm", """{"result":"done"}""", TestHub.Department, key)).Is(200);
        (await Hub.PostJsonAsync($"inbox/{items[0]}/confirm", """{"result":"done"}""", TestHub.Department, key)).Is(200);
        (await Hub.PostJsonAsync($"inbox/{items[1]}/confirm", """{"result":"done"}""", TestHub.Department, key)).Refuses(422, "DX-0017");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    public async Task A_key_that_says_nothing_is_refused(string key) =>
        (await Hub.PostPackageAsync(new Letter().Bytes, headers: ("Idempotency-Key", key))).Refuses(400, "DX-0012");
}
