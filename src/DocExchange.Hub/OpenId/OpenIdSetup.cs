namespace DocExchange.Hub.OpenId;

/// <summary>The organisation's own sign-in.</summary>
internal static class OpenIdSetup
{
    public static void AddOpenId(this IServiceCollection services)
    {
        services.AddSingleton<OpenIdIssuer>();
        services.AddSingleton<OpenIdSignIn>();
    }
}
