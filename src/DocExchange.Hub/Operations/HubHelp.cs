namespace DocExchange.Hub.Operations;

internal static class HubHelp
{
    public static int Show()
    {
        Console.WriteLine("""
            docexchange: inter-agency document exchange hub

              serve [--data DIR] [--port N] [--settings FILE] [--demo]
                                                       run the hub on a data folder; SIGHUP reads the settings again
              backup --to DIR [--data DIR]             copy store and originals, the hub may be running; keys are not copied
              backup --follow DIR [--data DIR] [--every SECONDS]
                                                       the same, and go on copying what changes until stopped
              restore --from DIR --data DIR            make a new data folder of a backup; it begins a new epoch
              keys sample DIR                          make a sample authority, hub and agency certificates
              account set NAME --role clerk|operator|auditor [--agency CODE] [--data DIR]
                                                       make an account or give it a new password (hub stopped)
              account disable NAME [--data DIR]        end an account (hub stopped)

            Settings: appsettings.json, section DocExchange; environment DocExchange__Name; see docs/configuration.md.
            """);
        return 2;
    }
}
