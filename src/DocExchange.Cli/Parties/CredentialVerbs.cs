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
            ("ID", each => each.Id), ("KIND", each => each.Kind), ("BOUND TO", each => each.Name ?? ""), ("FROM", each => Output.Time(each.ValidFrom)), ("UNTIL", each => Output.Time(each.ValidTo)));
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
        var overlap = Overlap.Of(arguments, "24");
        // Not as a word of the command: others on the machine could read it there.
        var secret = arguments["--secret-file"] is { } file ? (await File.ReadAllTextAsync(file, ct).ConfigureAwait(false)).Trim() : null;
        var issued = await session.Directory().IssueCredentialAsync(arguments.Operands[0], new NewCredential(kind, overlap, secret), ct).ConfigureAwait(false);
        session.Output.Record(issued, ("Id / Mã", issued.Id), ("Secret / Bí mật", issued.Secret ?? ""), ("Valid from / Từ", Output.Time(issued.ValidFrom)));
        session.Output.Line("Keep the secret now: nobody can show it again. / Hãy lưu bí mật ngay: không ai xem lại được.");
        Overlap.Wait(session, issued);
        return ExitCode.Done;
    }
}

internal sealed class CredentialsBindVerb() : Verb(
    "credentials bind", "SYSTEM", "let a system call with a TLS client certificate, or as a client of the token issuer", "gán chứng thư số máy khách hoặc ứng dụng khách OAuth cho hệ thống",
    "--certificate FILE", "--by-subject", "--client ID", "--overlap HOURS")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var (file, client) = (arguments["--certificate"], arguments["--client"]);
        if (file is null == client is null)
            throw CommandFailed.Usage("Write --certificate FILE (PEM) or --client ID.", "Hãy viết --certificate TỆP (PEM) hoặc --client MÃ.");
        var kind = client is not null ? "oauth" : arguments.Has("--by-subject") ? "tls-subject" : "tls";
        var name = client ?? await File.ReadAllTextAsync(file!, ct).ConfigureAwait(false);
        // What is bound already goes on unless a time is named: a second certificate is no sign that the first one is done with.
        var bound = await session.Directory().IssueCredentialAsync(arguments.Operands[0], new NewCredential(kind, Overlap.Of(arguments, "-1"), Name: name), ct).ConfigureAwait(false);
        session.Output.Record(bound, ("Bound / Đã gán", bound.Id), ("Valid from / Từ", Output.Time(bound.ValidFrom)));
        Overlap.Wait(session, bound);
        return ExitCode.Done;
    }
}

internal static class Overlap
{
    /// <summary>How long earlier credentials of the kind go on, hours; below zero, as they would.</summary>
    public static int Of(Arguments arguments, string otherwise) => int.TryParse(arguments["--overlap"] ?? otherwise, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var hours)
        ? hours
        : throw CommandFailed.Usage("--overlap is a number of hours.", "--overlap là số giờ.");

    /// <summary>Says what must happen before the earlier ones end.</summary>
    public static void Wait(Session session, IssuedCredential issued)
    {
        foreach (var request in issued.Waiting ?? [])
            session.Output.Line($"An earlier one goes on until another person approves / Khóa cũ còn hiệu lực đến khi người khác phê duyệt: dex approvals approve {request}");
    }
}

internal sealed class CredentialsRevokeVerb() : Verb("credentials revoke", "SYSTEM ID", "end a credential at once", "thu hồi khóa ngay")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        if (await session.Directory().RevokeCredentialAsync(arguments.Operands[0], arguments.Operands[1], ct).ConfigureAwait(false) is { } waiting) return Decision.Waits(session, waiting);
        session.Output.Record(new { system = arguments.Operands[0], revoked = arguments.Operands[1] }, ("Revoked / Đã thu hồi", arguments.Operands[1]));
        return ExitCode.Done;
    }
}
