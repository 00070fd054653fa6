using DocExchange.Client;

namespace DocExchange.Cli.Parties;

internal sealed class DirectoryImportVerb() : Verb(
    "directory import", "FILE", "read a CSV or JSON file into the directory; --dry-run shows what it would change", "nhập tệp CSV hoặc JSON vào danh bạ; --dry-run chỉ xem thay đổi",
    "--dry-run", "--missing keep|end", "--skip-wrong", "--end-many", "--format csv|json|jsonl")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var path = arguments.Operands[0];
        var type = DirectoryFormat.TypeOf(arguments["--format"] ?? Path.GetExtension(path).TrimStart('.'));
        var missing = arguments["--missing"] ?? "keep";
        if (missing is not ("keep" or "end"))
            throw CommandFailed.Usage("--missing is keep (entries the file lacks stay) or end (they end now).", "--missing là keep (mục không có trong tệp giữ nguyên) hoặc end (kết thúc).");
        var options = new ImportOptions(arguments.Has("--dry-run"), missing == "end", arguments.Has("--skip-wrong"), arguments.Has("--end-many"));
        await using var file = File.OpenRead(path);
        try
        {
            var report = await session.Directory().ImportAgenciesAsync(file, type, options, ct).ConfigureAwait(false);
            DifferenceText.Write(session.Output, report);
            return options.DryRun && report.WrongRows > 0 ? ExitCode.Refused : ExitCode.Done;
        }
        catch (HubRefusedException refused) when (refused.Problem.Report is { } report)
        {
            DifferenceText.Write(session.Output, report);
            throw;
        }
    }
}

internal sealed class DirectoryExportVerb() : Verb(
    "directory export", "", "write the whole directory as a file that can be imported again", "xuất toàn bộ danh bạ thành tệp có thể nhập lại", "--format csv|json|jsonl", "--output FILE")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var output = arguments["--output"];
        var format = arguments["--format"] ?? (output is null ? "jsonl" : Path.GetExtension(output).TrimStart('.'));
        DirectoryFormat.TypeOf(format);
        if (output is null)
        {
            await using var raw = session.RawOut();
            await session.Directory().ExportAgenciesAsync(raw, format, ct).ConfigureAwait(false);
            return ExitCode.Done;
        }
        await WholeFile.WriteAsync(output, async file =>
        {
            await session.Directory().ExportAgenciesAsync(file, format, ct).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        session.Output.Record(new { file = output, format }, ("Written / Đã ghi", output));
        return ExitCode.Done;
    }
}

internal sealed class DirectoryFindVerb() : Verb(
    "directory find", "TEXT", "look for agencies by code or words of the name, marks or not", "tìm cơ quan theo mã hoặc từ trong tên, không cần dấu")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var found = await session.Directory().SearchAgenciesAsync(arguments.Operands[0], ct: ct).ConfigureAwait(false);
        session.Output.Table(found, "No agency. / Không có cơ quan nào.",
            ("CODE", agency => agency.Code), ("NAME", agency => agency.Name), ("PARENT", agency => agency.Parent), ("ROUTE", agency => agency.Route),
            ("ALIASES", agency => string.Join(",", agency.Aliases ?? [])), ("ENDS", agency => Output.Time(agency.ValidTo)), ("SUCCESSOR", agency => agency.Successor));
        return found.Count == 0 ? ExitCode.Refused : ExitCode.Done;
    }
}

internal static class DirectoryFormat
{
    public static string TypeOf(string format) => format.ToLowerInvariant() switch
    {
        "csv" => "text/csv",
        "json" => "application/json",
        "jsonl" or "ndjson" => "application/x-ndjson",
        _ => throw CommandFailed.Usage("The format is csv, json or jsonl: name it with --format.", "Định dạng là csv, json hoặc jsonl: hãy nêu bằng --format."),
    };
}
