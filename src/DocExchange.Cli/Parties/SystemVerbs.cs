using System.Globalization;
using DocExchange.Client;

namespace DocExchange.Cli.Parties;

internal sealed class SystemsListVerb() : Verb("systems list", "", "list the systems that are connected", "liệt kê các hệ thống kết nối")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        session.Output.Table(await session.Directory().SystemsAsync(ct).ConfigureAwait(false), "No system. / Không có hệ thống nào.",
            ("SYSTEM", system => system.SystemId), ("PROFILE", system => system.Profile), ("DIALECTS", system => string.Join(",", system.Dialects ?? [])),
            ("SERVES", system => string.Join(",", (system.Serves ?? []).Select(served => served.Subtree ? served.Agency + "/*" : served.Agency))),
            ("ENABLED", system => system.Enabled ? "yes" : "no"));
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
        var profile = arguments["--profile"] ?? "agency";
        if (profile is not ("agency" or "peer"))
            throw CommandFailed.Usage("--profile is agency (strict) or peer (lenient).", "--profile là agency (chặt) hoặc peer (nới).");
        List<ServedAgency> serves = [.. arguments.All("--serves").Select(code => code.EndsWith(Subtree, StringComparison.Ordinal)
            ? new ServedAgency(code[..^Subtree.Length], true)
            : new ServedAgency(code, false))];
        if (serves.Count == 0)
            throw CommandFailed.Usage("Which agencies does it serve? Write --serves CODE or --serves 'CODE/*'.", "Phục vụ cơ quan nào? Hãy viết --serves CODE hoặc --serves 'CODE/*'.");
        var system = new SystemEntry(arguments.Operands[0], profile, ["vxp"], serves, true, arguments.Has("--may-register-agencies"));
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

internal static class SystemSwitch
{
    public static async Task<ExitCode> SetAsync(Session session, string id, bool enabled, CancellationToken ct)
    {
        var directory = session.Directory();
        var system = (await directory.SystemsAsync(ct).ConfigureAwait(false)).Find(each => each.SystemId.Equals(id, StringComparison.OrdinalIgnoreCase))
            ?? throw new CommandFailed(ExitCode.Refused, $"There is no system {id}.", $"Không có hệ thống {id}.");
        await directory.AddSystemAsync(system with { Enabled = enabled }, ct).ConfigureAwait(false);
        session.Output.Record(new { system = system.SystemId, enabled }, (enabled ? "Resumed / Đã cho hoạt động lại" : "Suspended / Đã tạm ngừng", system.SystemId));
        return ExitCode.Done;
    }
}

internal sealed class CredentialsListVerb() : Verb(
    "credentials list", "SYSTEM", "list a system's credentials, without their secrets", "liệt kê khóa của một hệ thống, không hiện bí mật")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var credentials = await session.Directory().CredentialsAsync(arguments.Operands[0], ct).ConfigureAwait(false);
        session.Output.Table(credentials, "No credential. / Không có khóa nào.",
            ("ID", each => each.Id), ("KIND", each => each.Kind), ("FROM", each => Output.Time(each.ValidFrom)), ("UNTIL", each => Output.Time(each.ValidTo)));
        return ExitCode.Done;
    }
}

internal sealed class CredentialsAddVerb() : Verb(
    "credentials add", "SYSTEM", "make a credential; its secret is shown once", "tạo khóa; bí mật chỉ hiện một lần", "--kind hmac|apikey", "--overlap HOURS")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var kind = arguments["--kind"] ?? "hmac";
        if (kind is not ("hmac" or "apikey"))
            throw CommandFailed.Usage("--kind is hmac (signs calls) or apikey (tracking, receipts).", "--kind là hmac (ký lệnh gọi) hoặc apikey (tra cứu, biên nhận).");
        if (!int.TryParse(arguments["--overlap"] ?? "24", NumberStyles.None, CultureInfo.InvariantCulture, out var overlap))
            throw CommandFailed.Usage("--overlap is a number of hours.", "--overlap là số giờ.");
        var issued = await session.Directory().IssueCredentialAsync(arguments.Operands[0], new NewCredential(kind, overlap), ct).ConfigureAwait(false);
        session.Output.Record(issued, ("Id / Mã", issued.Id), ("Secret / Bí mật", issued.Secret), ("Valid from / Từ", Output.Time(issued.ValidFrom)));
        session.Output.Line("Keep the secret now: nobody can show it again. / Hãy lưu bí mật ngay: không ai xem lại được.");
        return ExitCode.Done;
    }
}

internal sealed class CredentialsRevokeVerb() : Verb("credentials revoke", "SYSTEM ID", "end a credential at once", "thu hồi khóa ngay")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        await session.Directory().RevokeCredentialAsync(arguments.Operands[0], arguments.Operands[1], ct).ConfigureAwait(false);
        session.Output.Record(new { system = arguments.Operands[0], revoked = arguments.Operands[1] }, ("Revoked / Đã thu hồi", arguments.Operands[1]));
        return ExitCode.Done;
    }
}
