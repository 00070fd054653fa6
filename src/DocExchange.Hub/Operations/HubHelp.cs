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
              keys list [--data DIR]                   which keys the hub has, from file or token, and until when
              keys rotate [--for receipts|documents|tls] [--p12 FILE --passphrase-file FILE] [--data DIR]
                                                       use a new key; without a file, a new sample
              keys rotate [--for ...] --token URI --chain PEM --pin-file FILE|--pin-variable NAME [--data DIR]
                                                       use a key on a PKCS#11 token: pkcs11:token=NAME;object=NAME;type=private
              keys compromised KEYID --since TIME [--data DIR]
                                                       record that a former key was in wrong hands; begins a new log (hub stopped)
              log rebuild [--data DIR]                 make the published log again from the store (hub stopped)
              log new-epoch --reason TEXT [--data DIR] go on in a new log: after a loss that cannot be mended (hub stopped)
              account set NAME --role clerk|operator|auditor|securityofficer [--agency CODE] [--data DIR]
                                                       make an account or give it a new password (hub stopped)
              account disable NAME [--data DIR]        end an account (hub stopped)

            Settings: appsettings.json, section DocExchange; environment DocExchange__Name; see docs/configuration.md.
            """);
        return 2;
    }
}
