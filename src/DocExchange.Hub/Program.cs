using DocExchange.Hub.Operations;

// A table of contents: what each verb does stands in its own file.
try
{
    return args switch
    {
        ["serve", .. var rest] => await ServeCommand.RunAsync(rest).ConfigureAwait(false),
        ["keys", .. var rest] => await KeysCommand.RunAsync(rest).ConfigureAwait(false),
        ["log", .. var rest] => await LogCommand.RunAsync(rest).ConfigureAwait(false),
        ["account", .. var rest] => await AccountCommand.RunAsync(rest).ConfigureAwait(false),
        _ => HubHelp.Show(),
    };
}
catch (StartRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message).ConfigureAwait(false);
    return 2;
}
