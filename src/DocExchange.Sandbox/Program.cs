using DocExchange.Sandbox;

// A table of contents: every part of the sandbox maps its own routes.
return await SandboxCommand.RunAsync(args).ConfigureAwait(false);
