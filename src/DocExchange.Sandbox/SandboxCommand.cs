namespace DocExchange.Sandbox;

/// <summary>Runs the sandbox beside a hub: <c>serve --port N --data DIR [--with-parent]</c>.</summary>
internal static class SandboxCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ["serve", "--port", var given, "--data", var folder, .. var rest] || !int.TryParse(given, out var port) || rest is not ([] or ["--with-parent"]))
        {
            await Console.Error.WriteLineAsync("""
                docexchange-sandbox serve --port N --data DIR [--with-parent]
                  to try a hub with, for demonstrations and tests only: authorities at /tsa (RFC 3161), /ocsp (RFC 6960) and /root.pem,
                  an OpenID provider at /openid, where anybody is anybody;
                  a national axis at /XrdAdapter/adapter whose page and knobs are at /sandbox
                  --with-parent  ends when its standard input ends: with the process that started it
                """).ConfigureAwait(false);
            return 2;
        }
        try
        {
            var host = await SandboxHost.StartAsync(folder, port, TimeProvider.System).ConfigureAwait(false);
            await using (host.ConfigureAwait(false))
            {
                await (rest.Length > 0 ? Task.WhenAny(UntilInputEndsAsync(), host.WaitForShutdownAsync()) : host.WaitForShutdownAsync()).ConfigureAwait(false);
            }
            return 0;
        }
        catch (IOException fault)
        {
            await Console.Error.WriteLineAsync($"The sandbox is not started: {fault.Message}").ConfigureAwait(false);
            return 1;
        }
    }

    /// <summary>A pipe whose other end the parent holds ends with it, however it ends.</summary>
    private static async Task UntilInputEndsAsync()
    {
        var input = Console.OpenStandardInput();
        await using (input.ConfigureAwait(false))
        {
            var unread = new byte[256];
            while (await input.ReadAsync(unread).ConfigureAwait(false) > 0)
            {
            }
        }
    }
}
