using System.Globalization;
using System.Security.Cryptography;
using DocExchange.Client;
using DocExchange.Core.Evidence.Publishing;

namespace DocExchange.Cli.Proof;

internal sealed class ExportVerb() : Verb(
    "export", "FILE", "take the hub's evidence as a file (.asice, .jsonl, .xlsx or .csv; sealed for one reader: with .p7m behind) that proves what it holds and that nothing is missing; called again, it goes on where it stopped",
    "xuất bằng chứng của trục ra tệp (.asice, .jsonl, .xlsx hoặc .csv; niêm phong cho một người: thêm .p7m), tự chứng minh không thiếu mục nào; gọi lại để tải tiếp",
    "--from TIME", "--before TIME", "--after SIZE|last", "--agency CODE", "--units", "--direction sent|received", "--document ID", "--state STATE", "--log EPOCH", "--packages", "--certificate PEM", "--id EXPORT")
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var file = arguments.Operands[0];
        var hub = session.Directory();
        var export = arguments["--id"] is { } id ? await hub.ExportAsync(id, ct).ConfigureAwait(false) : await hub.StartExportAsync(Words(arguments, file), ct).ConfigureAwait(false);
        session.Output.Line($"Export / Bản xuất {export.Id}");
        export = await WaitAsync(session, hub, export, ct).ConfigureAwait(false);
        if (export.State != "done") throw new CommandFailed(ExitCode.Refused, "The hub could not make the export; its log says why.", "Trục không xuất được; xem nhật ký của trục.");
        await DownloadAsync(hub, export, file, ct).ConfigureAwait(false);
        session.Output.Record(export,
            ("Written / Đã ghi", file), ("Log / Nhật ký", export.Log), ("Entries / Mục", $"{export.From} - {export.End - 1}"),
            ("Shown / Hiện", Text(export.Shown)), ("Withheld / Giữ lại", Text(export.Withheld)), ("Receipt / Biên nhận", export.Receipt), ("Next / Lần sau", $"--after {export.End}"));
        foreach (var origin in export.Earlier ?? []) SayEarlier(session, origin);
        return ExitCode.Done;
    }

    /// <summary>A restore begins another log: what was asked for may lie in more than one, and each is a file of its own.</summary>
    private static void SayEarlier(Session session, string origin)
    {
        var tag = LogSource.TagOf(origin);
        session.Output.Line($"NOT in this file: the log {origin} from before holds a part of what was asked for. Take it too, with --log {tag}. / "
            + $"KHÔNG có trong tệp này: nhật ký trước đó {origin} giữ một phần nội dung yêu cầu. Hãy xuất thêm bằng --log {tag}.");
    }

    private static Dictionary<string, string> Words(Arguments arguments, string file)
    {
        const string envelope = ".p7m";
        var sealedFor = arguments["--certificate"];
        if (sealedFor is not null != file.EndsWith(envelope, StringComparison.Ordinal))
            throw CommandFailed.Usage("A file sealed for the reader of --certificate PEM ends with .p7m, as in all.asice.p7m, and no other does.", "Tệp niêm phong bằng --certificate PEM có đuôi .p7m, ví dụ all.asice.p7m; tệp khác thì không.");
        var form = Path.GetExtension(sealedFor is null ? file : file[..^envelope.Length]).TrimStart('.');
        var words = new Dictionary<string, string> { ["format"] = form };
        if (sealedFor is not null) words["certificate"] = File.ReadAllText(sealedFor);
        foreach (var name in (string[])["from", "before", "after", "agency", "direction", "document", "state", "log"])
        {
            if (arguments["--" + name] is { } word) words[name] = word;
        }
        foreach (var name in (string[])["packages", "units"])
        {
            if (arguments.Has("--" + name)) words[name] = "true";
        }
        return words;
    }

    private static async Task<ExportEntry> WaitAsync(Session session, HubClient hub, ExportEntry export, CancellationToken ct)
    {
        var told = -1L;
        while (export.State is "waiting" or "running")
        {
            var percent = export.End == export.From ? 100 : 100 * (export.Read - export.From) / (export.End - export.From);
            if (percent / 10 != told / 10) session.Output.Line($"{told = percent} %");
            await Task.Delay(Pause, session.Time, ct).ConfigureAwait(false);
            export = await hub.ExportAsync(export.Id, ct).ConfigureAwait(false);
        }
        return export;
    }

    private static async Task DownloadAsync(HubClient hub, ExportEntry export, string file, CancellationToken ct)
    {
        var partial = $"{file}.{export.Id}.part";
        await using (var output = new FileStream(partial, FileMode.OpenOrCreate, FileAccess.ReadWrite))
        {
            await hub.DownloadExportAsync(export.Id, output, ct).ConfigureAwait(false);
            output.Position = 0;
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(output, ct).ConfigureAwait(false)) != export.Digest)
                throw new CommandFailed(ExitCode.Refused, $"What was downloaded is not the export the hub recorded; remove {partial} and try again.", "Tệp tải về không khớp; hãy xóa phần đã tải rồi thử lại.");
        }
        File.Move(partial, file, overwrite: true);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

internal sealed class ExportsVerb() : Verb("exports list", "", "exports that can be downloaded again, newest first", "các bản xuất còn tải lại được, mới nhất trước")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var exports = await session.Directory().ExportsAsync(ct).ConfigureAwait(false);
        session.Output.Table(exports, "No export. / Chưa có bản xuất nào.",
            ("ID", one => one.Id), ("STATE", one => one.State), ("FORMAT", one => one.Format), ("FROM", one => one.From.ToString(CultureInfo.InvariantCulture)),
            ("END", one => one.End.ToString(CultureInfo.InvariantCulture)), ("FILTER", one => one.Filter));
        return ExitCode.Done;
    }
}
