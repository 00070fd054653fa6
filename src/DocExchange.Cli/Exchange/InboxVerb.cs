using DocExchange.Axis.Calls;
using DocExchange.Axis.Protocol;
using DocExchange.Client;

namespace DocExchange.Cli.Exchange;

internal sealed class InboxVerb() : Verb("inbox", "", "list the packages that wait for the system", "liệt kê các gói đang chờ hệ thống nhận", "--type edoc|status")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        string[] types = arguments["--type"] switch
        {
            null => [VxpNames.MessageEdoc, VxpNames.MessageStatus],
            VxpNames.MessageEdoc or VxpNames.MessageStatus => [arguments["--type"]!],
            _ => throw CommandFailed.Usage("--type is edoc or status.", "--type là edoc hoặc status."),
        };
        var exchange = session.Exchange();
        var items = new List<ReceivedItem>();
        foreach (var type in types) items.AddRange(Session.Granted(await exchange.ListAsync(type, ct: ct).ConfigureAwait(false)));
        session.Output.Table(items, "Nothing waits. / Không có gói nào chờ nhận.",
            ("DOCID", item => item.DocId), ("TYPE", item => item.MessageType), ("FROM", item => item.From), ("TO", item => item.To),
            ("CREATED", item => item.CreatedAt), ("STATUS", item => item.Status));
        return ExitCode.Done;
    }
}

internal sealed class SentVerb() : Verb("sent", "[DOCID]", "list what became of packages sent, per receiver", "xem tình trạng gói đã gửi theo từng nơi nhận", "--type edoc|status")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var type = arguments["--type"] ?? VxpNames.MessageEdoc;
        var items = Session.Granted(await session.Exchange().SentListAsync(type, arguments.Operand(0), ct).ConfigureAwait(false));
        session.Output.Table(items, "Nothing was sent. / Chưa gửi gói nào.",
            ("DOCID", item => item.SenderDocId), ("TO", item => item.To), ("CODE", item => item.Notation), ("SENT", item => item.SentAt),
            ("RECEIVED", item => item.ReceivedAt), ("SEND", item => item.SendStatus), ("RECEIVE", item => item.ReceiveStatus));
        return ExitCode.Done;
    }
}
