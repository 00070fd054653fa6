namespace DocExchange.Cli.Parties;

internal sealed class SettingsReloadVerb() : Verb("settings reload", "", "make the hub read its settings again", "nạp lại cấu hình của trục")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var outcome = await session.Directory().ReloadSettingsAsync(ct).ConfigureAwait(false);
        session.Output.Record(outcome,
            ("Changed / Đã đổi", string.Join("; ", outcome.GetProperty("changed").EnumerateArray().Select(c => c.GetString()))),
            ("At the next start / Khi khởi động lại", string.Join("; ", outcome.GetProperty("atNextStart").EnumerateArray().Select(c => c.GetString()))));
        return ExitCode.Done;
    }
}
