using DocExchange.Core;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing;

namespace DocExchange.Hub.Operations;

/// <summary>Makes a person's account, or gives one a new password; works on the data folder while the hub is stopped, so that there can be a first account.</summary>
internal static class AccountCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var verb and ("set" or "disable"), var name, .. var rest] || Wish.Read(rest) is not { } wish) return HubHelp.Show();
        var hub = await HubApplication.OpenAsync(wish.Options, TimeProvider.System).ConfigureAwait(false);
        await using (hub.ConfigureAwait(false))
        {
            var store = hub.Services.GetRequiredService<IPartyStore>();
            return verb == "set" ? await SetAsync(hub, store, name, wish).ConfigureAwait(false) : await DisableAsync(store, name).ConfigureAwait(false);
        }
    }

    private static async Task<int> SetAsync(HubApplication hub, IPartyStore store, string name, Wish wish)
    {
        if (wish.Role is not { } role) throw new StartRefusedException("account set needs --role clerk, --role operator, --role auditor or --role securityofficer.");
        var agency = wish.Agency is null ? null : hub.Services.GetRequiredService<CurrentParties>().Book.Directory.Find(wish.Agency)
            ?? throw new StartRefusedException($"The directory has no agency {wish.Agency}. Register it first.");
        if (role == Role.Clerk && agency is null) throw new StartRefusedException("A clerk needs --agency CODE: that is what the clerk may see.");
        var password = Ids.Secret(12);
        await store.SaveAccountAsync(new Account(0, name, PasswordHash.Make(password, isHandedOver: true), role, role == Role.Clerk ? agency!.Id : null), "hub command", default).ConfigureAwait(false);
        Console.WriteLine($"{name} signs in with the password {password}   (it is shown this once and changed at the first sign-in; earlier sessions have ended)");
        return 0;
    }

    private static async Task<int> DisableAsync(IPartyStore store, string name)
    {
        var account = await store.FindAccountAsync(name, default).ConfigureAwait(false) ?? throw new StartRefusedException($"There is no account {name}.");
        await store.SaveAccountAsync(account with { Enabled = false }, "hub command", default).ConfigureAwait(false);
        Console.WriteLine($"{account.Name} can no longer sign in.");
        return 0;
    }

    private sealed record Wish(HubOptions Options, Role? Role, string? Agency)
    {
        public static Wish? Read(string[] args)
        {
            if (OptionPairs.Read(args, "--role", "--agency", "--data") is not { } options) return null;
            Role? role = null;
            if (options.TryGetValue("--role", out var text))
            {
                if (!Enum.TryParse<Role>(text, ignoreCase: true, out var named) || !Enum.IsDefined(named)) return null;
                role = named;
            }
            return new Wish(options.Settings(), role, options.GetValueOrDefault("--agency"));
        }
    }
}
