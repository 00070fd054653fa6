using DocExchange.Hub.Clerk.Sessions;

namespace DocExchange.Hub.People;

/// <summary>What decides what people may do.</summary>
internal static class PeopleSetup
{
    public static void AddPeople(this IServiceCollection services)
    {
        services.AddSingleton<SignInGate>();
        services.AddSingleton<SignInFailures>();
        services.AddSingleton<SecondFactors>();
        services.AddSingleton<Permissions>();
        services.AddSingleton<FourEyes>();
        services.AddSingleton<AccountChanges>();
    }
}
