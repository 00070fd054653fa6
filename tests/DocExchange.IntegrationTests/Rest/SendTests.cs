using System.Security.Cryptography;
using DocExchange.Core.Evidence;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Rest;

/// <summary>Sending a package as it is.</summary>
public sealed class SendTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task An_accepted_package_is_answered_with_its_id_its_place_and_a_receipt_over_the_bytes_that_were_sent()
    {
        var letter = new Letter();

        var reply = (await Hub.PostPackageAsync(letter.Bytes)).Is(201);

        Assert.Equal($"/api/v1/documents/{reply.DocId}", reply.Headers.Location!.OriginalString);
        Assert.False(reply.Json.GetProperty("repeated").GetBoolean());
        var (_, entry) = await Hub.ReceiptAsync(TestHub.Province, reply.ReceiptId);
        Assert.Equal(SHA256.HashData(letter.Bytes), entry.Digest);
        Assert.Equal(reply.DocId, entry.Document);
    }

    [Fact]
    public async Task A_repetition_is_200_with_the_first_receipt_and_doubles_nothing()
    {
        var letter = new Letter();
        var first = (await Hub.PostPackageAsync(letter.Bytes)).Is(201);
        var before = Hub.CountLeftovers();

        var again = (await Hub.PostPackageAsync(letter.Bytes)).Is(200);

        Assert.True(again.Json.GetProperty("repeated").GetBoolean());
        Assert.Equal((first.DocId, first.ReceiptId), (again.DocId, again.ReceiptId));
        Assert.Equal(before, Hub.CountLeftovers());
    }

    [Theory]
    [InlineData("Digest", "sha-256=")]
    [InlineData("Repr-Digest", "sha-512=:AAAA:, sha-256=:")]
    [InlineData("Content-Digest", "sha-256=:")]
    public async Task An_announced_digest_is_checked_against_the_bytes_that_arrive(string header, string prefix)
    {
        var letter = new Letter();
        string Of(byte[] bytes) => prefix + Convert.ToBase64String(SHA256.HashData(bytes)) + (prefix.EndsWith(':') ? ":" : "");

        (await Hub.PostPackageAsync(letter.Bytes, headers: (header, Of([1, 2, 3])))).Refuses(422, "DX-0007");
        (await Hub.PostPackageAsync(letter.Bytes, headers: (header, prefix + "not-base64"))).Refuses(400, "DX-0012");
        (await Hub.PostPackageAsync(letter.Bytes, headers: (header, Of(letter.Bytes)))).Is(201);
    }

    [Fact]
    public async Task To_narrows_delivery_and_a_later_send_adds_the_others()
    {
        var letter = new Letter { To = ["H30.12", "H30.13"] };

        var first = (await Hub.PostPackageAsync(letter.Bytes, query: "?to=H30.12")).Is(201);
        var second = (await Hub.PostPackageAsync(letter.Bytes, query: "?to=H30.13")).Is(201);

        Assert.Equal(first.DocId, second.DocId);
        Assert.NotEqual(first.ReceiptId, second.ReceiptId);
        Assert.Equal(2, (await Hub.TrackAsync(first.DocId)).Deliveries.Count);
        (await Hub.PostPackageAsync(letter.Bytes, query: "?to=H30.14")).Refuses(422, "DX-4005");
    }

    [Fact]
    public async Task A_refusal_says_what_where_why_how_to_fix_it_in_both_languages_and_is_receipted()
    {
        var before = Hub.CountLeftovers();

        var reply = (await Hub.PostPackageAsync(new Letter { To = ["H30.99.99"] }.Bytes)).Refuses(422, "DX-4001");

        Assert.Equal("MessageHeader.To.OrganId", reply.Json.GetProperty("path").GetString());
        Assert.Contains("H30.99.99", reply.Json.GetProperty("detailVi").GetString(), StringComparison.Ordinal);
        var (_, entry) = await Hub.ReceiptAsync(TestHub.Province, reply.ReceiptId);
        Assert.Equal((EvidenceEvents.SubmissionRejection, "DX-4001"), (entry.Event, entry.Reason));
        Assert.Equal(before, Hub.CountLeftovers());
    }

    [Fact]
    public async Task What_kind_of_package_it_is_is_read_from_it()
    {
        var letter = new Letter();
        (await Hub.PostPackageAsync(letter.Bytes)).Is(201);

        var status = (await Hub.PostPackageAsync(new StatusPaper(letter, "H30.12", "03").Bytes, TestHub.Department)).Is(201);

        Assert.Equal("status", (await Hub.GetAsync("documents/" + status.DocId, TestHub.Department)).Is(200).Json.GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Nobody_gets_in_without_a_key_and_no_byte_of_the_body_is_judged_before()
    {
        using var nothing = RestCalls.Bytes([]);
        (await Hub.RestAsync(HttpMethod.Post, "documents", null, nothing)).Refuses(401, "DX-0002");
        using var body = RestCalls.Bytes(new Letter().Bytes);
        var reply = (await Hub.RestAsync(HttpMethod.Post, "documents", null, body, ("Authorization", $"Bearer {TestHub.Province}.wrong"))).Refuses(401, "DX-0001");
        Assert.Contains("Bearer", reply.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_interface_does_not_have_is_a_problem_too()
    {
        using var text = RestCalls.Bytes([1], "text/plain");
        (await Hub.RestAsync(HttpMethod.Post, "documents", TestHub.Province, text)).Refuses(415, "DX-0015");
        (await Hub.GetAsync("nothing-here", TestHub.Province)).Refuses(404, "DX-0015");
        (await Hub.RestAsync(HttpMethod.Delete, "documents", TestHub.Province, null)).Refuses(405, "DX-0015");
        (await Hub.GetAsync("documents", TestHub.Province)).Refuses(400, "DX-0015");
    }

    [Fact]
    public async Task A_large_package_streams_to_disk_and_one_over_the_limit_is_refused()
    {
        var large = new Letter { File = [.. new Letter().File, .. RandomNumberGenerator.GetBytes(3_000_000)] };
        var reply = (await Hub.PostPackageAsync(large.Bytes)).Is(201);
        Assert.Equal(large.Bytes.Length, (await Hub.TrackAsync(reply.DocId)).Size);

        (await Hub.PostPackageAsync(new byte[13 * 1024 * 1024])).Refuses(413, "DX-1002");
    }
}
