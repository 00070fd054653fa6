using System.Globalization;
using DocExchange.Client;

namespace DocExchange.Cli.Parties;

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
    "credentials add", "SYSTEM", "make a credential; its secret is shown once", "tạo khóa; bí mật chỉ hiện một lần", "--kind hmac|apikey|token|certificate", "--overlap HOURS", "--secret-file FILE")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var kind = arguments["--kind"] ?? "hmac";
        if (kind is not ("hmac" or "apikey" or "token" or "certificate"))
            throw CommandFailed.Usage("--kind is hmac (signs calls), apikey (JSON and SOAP), token (provincial dialects) or certificate (signs SOAP messages; with --secret-file FILE.pem).", "--kind là hmac (ký lệnh gọi), apikey (JSON và SOAP), token (giao thức của trục tỉnh) hoặc certificate (ký thông điệp SOAP; kèm --secret-file TỆP.pem).");
        if (!int.TryParse(arguments["--overlap"] ?? "24", NumberStyles.None, CultureInfo.InvariantCulture, out var overlap))
            throw CommandFailed.Usage("--overlap is a number of hours.", "--overlap là số giờ.");
        // Not as a word of the command: others on the machine could read it there.
        var secret = arguments["--secret-file"] is { } file ? (await File.ReadAllTextAsync(file, ct).ConfigureAwait(false)).Trim() : null;
        var issued = await session.Directory().IssueCredentialAsync(arguments.Operands[0], new NewCredential(kind, overlap, secret), ct).ConfigureAwait(false);
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
