using DocExchange.Client;

namespace DocExchange.Cli.Parties;

internal sealed class AccountsListVerb() : Verb("accounts list", "", "list people's accounts", "liệt kê tài khoản")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        session.Output.Table(await session.Directory().AccountsAsync(ct).ConfigureAwait(false), "No account. / Không có tài khoản nào.");
        return ExitCode.Done;
    }
}

internal sealed class AccountsSetVerb() : Verb(
    "accounts set", "NAME", "make an account or give it a new password, shown once", "tạo tài khoản hoặc cấp mật khẩu mới, chỉ hiện một lần", "--role ROLE", "--agency CODE")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var role = arguments["--role"];
        if (role is not ("clerk" or "operator" or "auditor" or "securityofficer"))
            throw CommandFailed.Usage("--role is clerk (with --agency CODE), operator, auditor or securityofficer.", "--role là clerk (kèm --agency MÃ), operator, auditor hoặc securityofficer.");
        var set = await session.Directory().SetAccountAsync(arguments.Operands[0], role, arguments["--agency"], ct).ConfigureAwait(false);
        return set.Waiting is { } waiting ? Decision.Waits(session, waiting) : Passwords.Show(session, set.Issued!);
    }
}

internal static class Passwords
{
    public static ExitCode Show(Session session, IssuedPassword issued)
    {
        session.Output.Record(issued, ("Name / Tên", issued.Name), ("Role / Vai trò", issued.Role), ("Password / Mật khẩu", issued.Password));
        session.Output.Line("Hand it over in private: it must be changed at the first sign-in. / Hãy trao tận tay: người dùng phải đổi khi đăng nhập lần đầu.");
        return ExitCode.Done;
    }
}

internal sealed class AccountsDisableVerb() : Verb("accounts disable", "NAME", "end an account's access at once", "khóa tài khoản ngay")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        await session.Directory().DisableAccountAsync(arguments.Operands[0], ct).ConfigureAwait(false);
        return Decision.Report(session, arguments, "Disabled / Đã khóa");
    }
}

internal sealed class AccountsResetVerb() : Verb("accounts reset-factor", "NAME", "remove a second factor that was lost", "gỡ xác thực hai lớp khi bị mất thiết bị")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        if (await session.Directory().RemoveSecondFactorAsync(arguments.Operands[0], ct).ConfigureAwait(false) is { } waiting) return Decision.Waits(session, waiting);
        return Decision.Report(session, arguments, "Removed / Đã gỡ");
    }
}

internal sealed class AccountsLinkVerb() : Verb(
    "accounts link", "NAME SUBJECT", "let a person of the organisation's sign-in in as this account", "cho người của hệ thống đăng nhập cơ quan vào bằng tài khoản này", "--no-password")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        if (await session.Directory().LinkAccountAsync(arguments.Operands[0], arguments.Operands[1], arguments.Has("--no-password"), ct).ConfigureAwait(false) is { } waiting)
            return Decision.Waits(session, waiting);
        return Decision.Report(session, arguments, "Linked / Đã gắn");
    }
}

internal sealed class AccountsUnlinkVerb() : Verb("accounts unlink", "NAME", "end that", "gỡ liên kết đó")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        await session.Directory().UnlinkAccountAsync(arguments.Operands[0], ct).ConfigureAwait(false);
        return Decision.Report(session, arguments, "Unlinked / Đã gỡ");
    }
}

internal sealed class ApprovalsListVerb() : Verb("approvals list", "", "list acts that need a second person", "liệt kê việc cần người thứ hai phê duyệt")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        session.Output.Table(await session.Directory().ApprovalsAsync(ct).ConfigureAwait(false), "Nothing waits. / Không có việc nào.");
        return ExitCode.Done;
    }
}

internal sealed class ApprovalsApproveVerb() : Verb("approvals approve", "ID", "approve what another person asked for, which does it", "phê duyệt và thực hiện đề nghị của người khác")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        if (await session.Directory().ApproveAsync(arguments.Operands[0], ct).ConfigureAwait(false) is { } issued) return Passwords.Show(session, issued);
        return Decision.Report(session, arguments, "Approved and done / Đã phê duyệt và thực hiện");
    }
}

internal sealed class ApprovalsRejectVerb() : Verb("approvals reject", "ID", "turn such a request down, or take one's own back", "bác hoặc rút lại đề nghị")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        await session.Directory().RejectAsync(arguments.Operands[0], ct).ConfigureAwait(false);
        return Decision.Report(session, arguments, "Rejected / Đã bác");
    }
}
