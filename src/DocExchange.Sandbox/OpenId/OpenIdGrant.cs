namespace DocExchange.Sandbox.OpenId;

/// <summary>What a code stands for: who signed in, for whom, and what must be shown with it.</summary>
internal sealed record OpenIdGrant(string Client, string Return, string Challenge, string Nonce, string Subject, bool SecondFactor, DateTimeOffset Until);
