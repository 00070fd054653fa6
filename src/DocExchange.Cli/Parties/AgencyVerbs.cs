using DocExchange.Client;

namespace DocExchange.Cli.Parties;

internal sealed class AgenciesListVerb() : Verb(
    "agencies list", "[TEXT]", "list the directory, or look for a code or words of a name", "liệt kê danh bạ cơ quan, hoặc tìm theo mã, từ trong tên")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var found = arguments.Operand(0) is { Length: > 0 } text
            ? await session.Directory().SearchAgenciesAsync(text, ct: ct).ConfigureAwait(false)
            : await AllAsync(session, ct).ConfigureAwait(false);
        session.Output.Table(found, "No agency. / Không có cơ quan nào.",
            ("CODE", agency => agency.Code), ("NAME", agency => agency.Name), ("PARENT", agency => agency.Parent), ("KIND", agency => agency.Kind),
            ("ALIASES", agency => string.Join(",", agency.Aliases ?? [])), ("LOCKED SINCE", agency => Output.Time(agency.LockedSince)));
        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<AgencyEntry>> AllAsync(Session session, CancellationToken ct)
    {
        var all = new List<AgencyEntry>();
        await foreach (var entry in session.Directory().AgenciesAsync(ct).ConfigureAwait(false)) all.Add(entry);
        return all;
    }
}

internal sealed class AgenciesAddVerb() : Verb(
    "agencies add", "CODE NAME", "add an agency", "thêm một cơ quan", "--parent CODE", "--alias CODES", "--external")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var agency = new AgencyEntry(
            arguments.Operands[0], arguments.Operands[1], arguments["--parent"], arguments.Has("--external") ? "external" : "local", arguments.All("--alias"));
        await session.Directory().AddAgencyAsync(agency, ct).ConfigureAwait(false);
        session.Output.Record(agency, ("Added / Đã thêm", agency.Code));
        return ExitCode.Done;
    }
}

internal sealed class AgenciesLockVerb() : Verb("agencies lock", "CODE", "refuse new documents to an agency", "ngừng nhận văn bản gửi đến một cơ quan")
{
    public override Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct) =>
        AgencyLock.SetAsync(session, arguments.Operands[0], session.Time.GetUtcNow(), ct);
}

internal sealed class AgenciesUnlockVerb() : Verb("agencies unlock", "CODE", "accept documents to an agency again", "nhận lại văn bản gửi đến một cơ quan")
{
    public override Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct) =>
        AgencyLock.SetAsync(session, arguments.Operands[0], null, ct);
}

internal static class AgencyLock
{
    public static async Task<ExitCode> SetAsync(Session session, string code, DateTimeOffset? since, CancellationToken ct)
    {
        var directory = session.Directory();
        var agency = await directory.AgencyAsync(code, ct).ConfigureAwait(false);
        // Locking twice keeps the first time: it is what senders are told.
        var changed = agency with { LockedSince = since is null ? null : agency.LockedSince ?? since };
        await directory.ReplaceAgencyAsync(changed, ct).ConfigureAwait(false);
        session.Output.Record(changed, (since is null ? "Unlocked / Đã mở" : "Locked / Đã khóa", changed.Code), ("Since / Từ", Output.Time(changed.LockedSince)));
        return ExitCode.Done;
    }
}
