using DocExchange.Client;

namespace DocExchange.Cli.Parties;

internal sealed class SystemsListVerb() : Verb("systems list", "", "list the systems that are connected", "liệt kê các hệ thống kết nối")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        session.Output.Table(await session.Directory().SystemsAsync(ct).ConfigureAwait(false), "No system. / Không có hệ thống nào.",
            ("SYSTEM", system => system.SystemId), ("PROFILE", system => system.Profile ?? ""), ("DIALECTS", system => string.Join(",", system.Dialects ?? [])),
            ("SERVES", system => string.Join(",", (system.Serves ?? []).Select(served => served.Subtree ? served.Agency + "/*" : served.Agency))),
            ("ENABLED", system => system.Enabled is true ? "yes" : "no"));
        return ExitCode.Done;
    }
}

internal sealed class SystemsAddVerb() : Verb(
    "systems add", "ID", "add a system; CODE/* serves an agency with its units", "thêm một hệ thống; CODE/* gồm cả đơn vị trực thuộc",
    "--profile agency|peer", "--serves CODES", "--may-register-agencies")
{
    private const string Subtree = "/*";

    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var profile = arguments["--profile"];
        if (profile is not (null or "agency" or "peer"))
            throw CommandFailed.Usage("--profile is agency (strict) or peer (lenient).", "--profile là agency (chặt) hoặc peer (nới).");
        List<ServedAgency> serves = [.. arguments.All("--serves").Select(code => code.EndsWith(Subtree, StringComparison.Ordinal)
            ? new ServedAgency(code[..^Subtree.Length], true)
            : new ServedAgency(code, false))];
        if (serves.Count == 0)
            throw CommandFailed.Usage("Which agencies does it serve? Write --serves CODE or --serves 'CODE/*'.", "Phục vụ cơ quan nào? Hãy viết --serves CODE hoặc --serves 'CODE/*'.");
        var system = new SystemEntry(arguments.Operands[0], profile, null, serves, null, arguments.Has("--may-register-agencies") ? true : null);
        await session.Directory().AddSystemAsync(system, ct).ConfigureAwait(false);
        session.Output.Record(system, ("Added / Đã thêm", system.SystemId));
        session.Output.Line($"Next / Tiếp theo: dex credentials add {system.SystemId} --kind hmac");
        return ExitCode.Done;
    }
}

internal sealed class SystemsSuspendVerb() : Verb(
    "systems suspend", "ID", "refuse a system's calls; what comes for it waits", "tạm ngừng một hệ thống; văn bản gửi đến được giữ lại chờ")
{
    public override Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct) => SystemSwitch.SetAsync(session, arguments.Operands[0], false, ct);
}

internal sealed class SystemsResumeVerb() : Verb("systems resume", "ID", "take a suspended system's calls again", "cho hệ thống hoạt động lại")
{
    public override Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct) => SystemSwitch.SetAsync(session, arguments.Operands[0], true, ct);
}

internal sealed class SystemsDialectVerb() : Verb(
    "systems dialect", "ID NAME on|off", "let a system speak a dialect (vxp, edoc-rest, edoc-soap), or no longer", "bật hoặc tắt một giao thức (vxp, edoc-rest, edoc-soap) của hệ thống")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var (name, word) = (arguments.Operands[1], arguments.Operands[2]);
        if (word is not ("on" or "off")) throw CommandFailed.Usage("Write on or off behind the dialect.", "Viết on hoặc off sau tên giao thức.");
        await SystemChange.ApplyAsync(session, arguments.Operands[0], system =>
        {
            var others = (system.Dialects ?? []).Where(dialect => dialect != name);
            return system with { Dialects = word == "on" ? [.. others, name] : [.. others] };
        }, ct).ConfigureAwait(false);
        session.Output.Record(new { system = arguments.Operands[0], dialect = name, on = word == "on" }, (word == "on" ? "Switched on / Đã bật" : "Switched off / Đã tắt", name));
        return ExitCode.Done;
    }
}

internal sealed class SystemsCertificateVerb() : Verb(
    "systems certificate", "ID required|optional", "take a system's calls only with its client certificate, or without too", "bắt buộc hoặc không bắt buộc chứng thư số máy khách")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var word = arguments.Operands[1];
        if (word is not ("required" or "optional")) throw CommandFailed.Usage("Write required or optional.", "Viết required hoặc optional.");
        var system = await SystemChange.ApplyAsync(session, arguments.Operands[0], each => each with { RequiresCertificate = word == "required" }, ct).ConfigureAwait(false);
        session.Output.Record(new { system, certificate = word }, ("Client certificate / Chứng thư số máy khách", word));
        return ExitCode.Done;
    }
}

internal sealed class SystemsSignedCopiesVerb() : Verb(
    "systems signed-copies", "ID on|off", "put the hub's signature inside the packages a system fetches", "đặt chữ ký của trục vào trong gói tin mà hệ thống nhận")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var word = arguments.Operands[1];
        if (word is not ("on" or "off")) throw CommandFailed.Usage("Write on or off.", "Viết on hoặc off.");
        var system = await SystemChange.ApplyAsync(session, arguments.Operands[0], each => each with { SignedCopies = word == "on" }, ct).ConfigureAwait(false);
        session.Output.Record(new { system, signedCopies = word == "on" }, ("Signed copies / Bản giao có chữ ký của trục", word));
        return ExitCode.Done;
    }
}

internal static class SystemSwitch
{
    public static async Task<ExitCode> SetAsync(Session session, string id, bool enabled, CancellationToken ct)
    {
        var system = await SystemChange.ApplyAsync(session, id, each => each with { Enabled = enabled }, ct).ConfigureAwait(false);
        session.Output.Record(new { system, enabled }, (enabled ? "Resumed / Đã cho hoạt động lại" : "Suspended / Đã tạm ngừng", system));
        return ExitCode.Done;
    }
}

internal static class SystemChange
{
    /// <summary>Reads a system, changes it and writes it back. Returns its id as the hub spells it.</summary>
    public static async Task<string> ApplyAsync(Session session, string id, Func<SystemEntry, SystemEntry> change, CancellationToken ct)
    {
        var directory = session.Directory();
        var system = (await directory.SystemsAsync(ct).ConfigureAwait(false)).Find(each => each.SystemId.Equals(id, StringComparison.OrdinalIgnoreCase))
            ?? throw new CommandFailed(ExitCode.Refused, $"There is no system {id}.", $"Không có hệ thống {id}.");
        await directory.AddSystemAsync(change(system), ct).ConfigureAwait(false);
        return system.SystemId;
    }
}
