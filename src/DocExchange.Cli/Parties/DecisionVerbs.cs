namespace DocExchange.Cli.Parties;

internal sealed class RequestsListVerb() : Verb(
    "requests list", "", "list systems' requests to change the directory", "liệt kê đề nghị thay đổi danh bạ")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        session.Output.Table(await session.Directory().DirectoryRequestsAsync(ct).ConfigureAwait(false), "No request waits. / Không có đề nghị nào.");
        return ExitCode.Done;
    }
}

internal sealed class RequestsApproveVerb() : Verb("requests approve", "ID", "carry out a request", "chấp thuận một đề nghị")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        await session.Directory().DecideDirectoryRequestAsync(arguments.Operands[0], approve: true, ct).ConfigureAwait(false);
        return Decision.Report(session, arguments, "Approved / Đã chấp thuận");
    }
}

internal sealed class RequestsRejectVerb() : Verb("requests reject", "ID", "turn a request down", "bác một đề nghị")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        await session.Directory().DecideDirectoryRequestAsync(arguments.Operands[0], approve: false, ct).ConfigureAwait(false);
        return Decision.Report(session, arguments, "Rejected / Đã bác");
    }
}

internal sealed class DeadLettersListVerb() : Verb("dead-letters list", "", "list deliveries that failed for good", "liệt kê văn bản không giao được")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        session.Output.Table(await session.Directory().DeadLettersAsync(ct).ConfigureAwait(false), "No dead letter. / Không có văn bản hỏng nào.");
        return ExitCode.Done;
    }
}

internal sealed class DeadLettersRequeueVerb() : Verb("dead-letters requeue", "ID", "offer a failed delivery again", "giao lại văn bản không giao được")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        await session.Directory().RequeueDeadLetterAsync(arguments.Operands[0], ct).ConfigureAwait(false);
        return Decision.Report(session, arguments, "Offered again / Giao lại");
    }
}

internal sealed class DeadLettersAbandonVerb() : Verb("dead-letters abandon", "ID", "give a failed delivery up", "bỏ văn bản không giao được")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        if (await session.Directory().AbandonDeadLetterAsync(arguments.Operands[0], ct).ConfigureAwait(false) is { } waiting) return Decision.Waits(session, waiting);
        return Decision.Report(session, arguments, "Given up / Đã bỏ");
    }
}

internal sealed class AlarmsListVerb() : Verb("alarms list", "", "list what an operator should look at", "liệt kê cảnh báo")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        session.Output.Table(await session.Directory().AlarmsAsync(ct).ConfigureAwait(false), "No alarm. / Không có cảnh báo.");
        return ExitCode.Done;
    }
}

internal sealed class AlarmsAcknowledgeVerb() : Verb("alarms acknowledge", "KIND SUBJECT", "say that an alarm was seen to", "xác nhận đã xử lý một cảnh báo")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        await session.Directory().AcknowledgeAlarmAsync(arguments.Operands[0], arguments.Operands[1], ct).ConfigureAwait(false);
        return Decision.Report(session, arguments, "Acknowledged / Đã xác nhận");
    }
}

internal static class Decision
{
    /// <summary>Nothing was done yet.</summary>
    public static ExitCode Waits(Session session, System.Text.Json.JsonElement request)
    {
        var id = request.GetProperty("id").GetString()!;
        session.Output.Record(request, ("Waits for another person / Chờ người khác phê duyệt", id));
        session.Output.Line($"Next / Tiếp theo: dex approvals approve {id}");
        return ExitCode.Done;
    }

    public static ExitCode Report(Session session, Arguments arguments, string what)
    {
        session.Output.Record(new { id = arguments.Operands[0], decision = what }, (what, arguments.Operands[0]));
        return ExitCode.Done;
    }
}
