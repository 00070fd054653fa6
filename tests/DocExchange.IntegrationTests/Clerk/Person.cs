using System.Net;
using System.Text.RegularExpressions;

namespace DocExchange.IntegrationTests.Clerk;

/// <summary>A person with a browser that has no script: keeps cookies, sends forms with the token the last page gave.</summary>
internal sealed partial class Person(Uri hub) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = hub };
    private string _token = "";

    public static async Task<Person> SignedInAsync(ClerkFixture fixture, string name)
    {
        var person = new Person(fixture.Hub.Address);
        var answer = await person.SignInAsync(name, ClerkFixture.Password);
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        return person;
    }

    public async Task<Page> SignInAsync(string name, string password, string back = "")
    {
        await GetAsync("/sign-in");
        return await PostAsync("/sign-in", ("name", name), ("password", password), ("back", back));
    }

    public async Task<Page> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        return await SendAsync(request);
    }

    /// <summary>Follows the redirect a search for one document gives.</summary>
    public async Task<Page> FollowAsync(string path)
    {
        var page = await GetAsync(path);
        return page.Location is { } next ? await GetAsync(next) : page;
    }

    public Task<Page> PostAsync(string path, params (string Name, string Value)[] fields) => PostBareAsync(path, [("form-token", _token), .. fields]);

    public async Task<Page> PostBareAsync(string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))),
        };
        return await SendAsync(request);
    }

    public async Task<Page> PostFileAsync(string path, string fileName, string text, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(text)), "file", fileName } };
        foreach (var (name, value) in fields.Prepend(("form-token", _token))) form.Add(new StringContent(value), name);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        return await SendAsync(request);
    }

    public void Dispose() => _http.Dispose();

    private async Task<Page> SendAsync(HttpRequestMessage request)
    {
        using var answer = await _http.SendAsync(request);
        var page = new Page(answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(), answer.Headers.Location?.OriginalString,
            answer.Headers.Concat(answer.Content.Headers).SelectMany(h => h.Value.Select(v => KeyValuePair.Create(h.Key, v))).ToLookup(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase));
        if (Token().Match(page.Text) is { Success: true } match) _token = match.Groups[1].Value;
        return page;
    }

    [GeneratedRegex("name=\"form-token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

internal sealed record Page(HttpStatusCode Status, byte[] Bytes, string? Location, ILookup<string, string> Headers)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    public IReadOnlyList<string> DocIds => [.. Regex.Matches(Text, "<a href=\"/documents/([0-9a-f]{24})\"").Select(m => m.Groups[1].Value)];
}
