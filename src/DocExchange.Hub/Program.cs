using DocExchange.Hub.Operations;
using DocExchange.Storage.Sqlite;

// A table of contents: what each verb does stands in its own file.
try
{
    return args switch
    {
        ["serve", .. var rest] => await ServeCommand.RunAsync(rest).ConfigureAwait(false),
        ["backup", .. var rest] => await BackupCommand.RunAsync(rest).ConfigureAwait(false),
        ["restore", .. var rest] => RestoreCommand.Run(rest),
        ["keys", .. var rest] => await KeysCommand.RunAsync(rest).ConfigureAwait(false),
        ["log", .. var rest] => await LogCommand.RunAsync(rest).ConfigureAwait(false),
        ["account", .. var rest] => await AccountCommand.RunAsync(rest).ConfigureAwait(false),
        _ => HubHelp.Show(),
    };
}
catch (Exception refused) when (refused is StartRefusedException or StoreRefusedException)
{
    await Console.Error.WriteLineAsync(refused.Message).ConfigureAwait(false);
    return 2;
}
