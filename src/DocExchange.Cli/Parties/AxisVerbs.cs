using System.Globalization;
using System.Text.Json;

namespace DocExchange.Cli.Parties;

internal sealed class AxisListVerb() : Verb("axis list", "", "how each axis is doing", "tình trạng kết nối từng trục quốc gia")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var axes = await session.Directory().AxesAsync(ct).ConfigureAwait(false);
        session.Output.Table([.. axes.EnumerateArray()], "No axis is configured. / Chưa cấu hình trục nào.",
            ("AXIS", axis => Text(axis, "name")), ("BREAKER", axis => Text(axis, "breaker")), ("WAITING", axis => Text(axis, "waiting")), ("OLDEST", axis => Time(axis, "oldest")),
            ("SENT", axis => Text(axis, "sent")), ("RETRIED", axis => Text(axis, "retried")), ("DEAD", axis => Text(axis, "deadLetters")), ("TAKEN", axis => Text(axis, "taken")),
            ("DRIFT", axis => axis.GetProperty("driftSeconds").GetDouble().ToString("F1", CultureInfo.InvariantCulture) + " s"));
        foreach (var axis in axes.EnumerateArray().Where(axis => axis.TryGetProperty("reason", out _)))
            session.Output.Line($"{Text(axis, "name")}: {Time(axis, "openSince")} {Text(axis, "reason")}");
        return ExitCode.Done;
    }

    private static string Text(JsonElement axis, string member) => axis.GetProperty(member).ToString();

    private static string Time(JsonElement axis, string member) => axis.TryGetProperty(member, out var at) && at.TryGetDateTimeOffset(out var time) ? Output.Time(time) : "";
}

internal sealed class AxisRegisterVerb() : Verb("axis register", "AXIS CODE", "make one of our units known at an axis", "đăng ký đơn vị của mình với trục quốc gia")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        await session.Directory().RegisterAtAxisAsync(arguments.Operands[0], arguments.Operands[1], ct).ConfigureAwait(false);
        session.Output.Record(new { axis = arguments.Operands[0], registered = arguments.Operands[1] }, ("Registered / Đã đăng ký", $"{arguments.Operands[1]} ({arguments.Operands[0]})"));
        return ExitCode.Done;
    }
}

internal sealed class AxisUnregisterVerb() : Verb("axis unregister", "AXIS CODE", "take one of our units out of an axis' directory", "xóa đơn vị của mình khỏi danh mục của trục quốc gia")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        await session.Directory().DeleteAtAxisAsync(arguments.Operands[0], arguments.Operands[1], ct).ConfigureAwait(false);
        session.Output.Record(new { axis = arguments.Operands[0], deleted = arguments.Operands[1] }, ("Deleted / Đã xóa", $"{arguments.Operands[1]} ({arguments.Operands[0]})"));
        return ExitCode.Done;
    }
}
