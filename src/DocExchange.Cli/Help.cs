namespace DocExchange.Cli;

/// <summary>What <c>dex help</c> prints.</summary>
internal static class Help
{
    private const string Common = """
        Options of every command / Tùy chọn chung:
          --hub URL       the hub, default http://127.0.0.1:8080          (or DEX_HUB)
          --as SYSTEM     act as this system of the data folder's demo credentials
          --system ID     act as this system                              (or DEX_SYSTEM)
          --secret S      its signing secret                              (or DEX_SECRET)
          --key KEY       its key for tracking and receipts               (or DEX_KEY)
          --user U:P      the operator's account, for the directory       (or DEX_USER)
          --data DIR      the data folder with demo-credentials.json, default ./data  (or DEX_DATA)
          --json          print JSON instead of text
          --help          help on one command
        Exit codes / Mã kết thúc: 0 done, 1 refused, 2 wrong command line or file, 3 hub not reachable,
        4 a watched log went back or split.
        """;

    private const string OfTheHub = """
        Commands of the hub itself, on its data folder / Lệnh của chính trục:
          backup --to DIR | --follow DIR [--data DIR]    copy a running hub's data folder / sao lưu khi trục đang chạy
          restore --from DIR --data DIR                  make a new data folder of a backup / khôi phục từ bản sao lưu
          keys sample DIR                                sample certificates / chứng thư mẫu
          log rebuild, log new-epoch                     the published log; a new log / nhật ký đã công bố; nhật ký mới
        """;

    public static ExitCode Write(IEnumerable<string> topic, TextWriter output)
    {
        var name = string.Join(' ', topic);
        if (name.Length > 0 && (Verbs.Named(name) ?? Verbs.Named(name + " list")) is { } verb) return Write(verb, output);
        output.WriteLine("dex - send, receive, track and verify documents / gửi, nhận, tra cứu và kiểm chứng văn bản");
        output.WriteLine();
        var width = Verbs.All.Max(each => Synopsis(each).Length);
        foreach (var each in Verbs.All) output.WriteLine($"  {Synopsis(each).PadRight(width)}  {each.English} / {each.Vietnamese}");
        output.WriteLine();
        output.WriteLine(OfTheHub);
        output.WriteLine();
        output.WriteLine(Common);
        return ExitCode.Done;
    }

    public static ExitCode Write(Verb verb, TextWriter output)
    {
        output.WriteLine($"dex {Synopsis(verb)}{string.Concat(verb.Options.Select(option => $" [{option}]"))}");
        output.WriteLine("  " + verb.English);
        output.WriteLine("  " + verb.Vietnamese);
        output.WriteLine();
        output.WriteLine(Common);
        return ExitCode.Done;
    }

    private static string Synopsis(Verb verb) => verb.Operands.Length == 0 ? verb.Name : $"{verb.Name} {verb.Operands}";
}
