using System.Net;
using DocExchange.Hub.Edges.Callers;
using Microsoft.Extensions.Logging.Abstractions;

namespace DocExchange.UnitTests.Callers;

/// <summary>An issuer's keys are found in time, and made-up key ids make no calls.</summary>
public sealed class IssuerKeysTests : IDisposable
{
    private readonly Clock _clock = new();
    private readonly Answers _answers = new();
    private readonly HttpClient _http;
    private readonly IssuerKeys _keys;

    public IssuerKeysTests()
    {
        _http = new HttpClient(_answers);
        _keys = new IssuerKeys("https://issuer.example/jwks", _http, _clock, NullLogger<IssuerKeys>.Instance);
    }

    [Fact]
    public async Task They_are_asked_for_once_however_many_tokens_come()
    {
        for (var i = 0; i < 5; i++) Assert.Single(await _keys.FindAsync("one", default));

        Assert.Equal(1, _answers.Asked);
    }

    [Fact]
    public async Task An_unknown_id_makes_one_call_a_minute_at_most()
    {
        for (var i = 0; i < 5; i++) await _keys.FindAsync("made-up-" + i, default);
        Assert.Equal(1, _answers.Asked);

        _clock.Now += TimeSpan.FromSeconds(61);
        _answers.KeyIds = ["one", "two"];
        for (var i = 0; i < 5; i++) Assert.Contains(await _keys.FindAsync("two", default), k => k.KeyId == "two");

        Assert.Equal(2, _answers.Asked);
    }

    [Fact]
    public async Task While_the_issuer_is_away_those_of_before_stay()
    {
        await _keys.FindAsync("one", default);
        _answers.IsAway = true;
        _clock.Now += TimeSpan.FromMinutes(11);

        Assert.Single(await _keys.FindAsync("one", default));
    }

    [Fact]
    public async Task A_shared_secret_among_them_is_never_taken()
    {
        _answers.Extra = """,{"kty":"oct","kid":"secret","k":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""";

        Assert.DoesNotContain(await _keys.FindAsync("one", default), k => k.KeyId == "secret");
    }

    public void Dispose()
    {
        _keys.Dispose();
        _http.Dispose();
        _answers.Dispose();
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddYears(50);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Answers : HttpMessageHandler
    {
        public int Asked { get; private set; }

        public bool IsAway { get; set; }

        public string[] KeyIds { get; set; } = ["one"];

        public string Extra { get; set; } = "";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            if (IsAway) throw new HttpRequestException("away");
            var keys = string.Join(',', KeyIds.Select(id => $$"""{"kty":"RSA","use":"sig","kid":"{{id}}","n":"{{new string('v', 341)}}w","e":"AQAB"}"""));
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($$"""{"keys":[{{keys}}{{Extra}}]}""") });
        }
    }
}
