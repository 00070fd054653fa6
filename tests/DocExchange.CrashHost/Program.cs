using DocExchange.CrashHost;

// A process that durability tests start, trace, starve and kill. Each verb is one small program whose promise is known.
SQLitePCL.Batteries_V2.Init();
var arguments = VerbArguments.Parse(args);
return args.FirstOrDefault() switch
{
    "sqlite-writer" => SqliteWriter.Run(arguments),
    "file-writer" => FileWriter.Run(arguments),
    "hub" => await HubHost.RunAsync(arguments),
    "http-writer" => await HttpWriter.RunAsync(arguments),
    _ => VerbArguments.Usage(),
};
