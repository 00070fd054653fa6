using System.Globalization;
using System.Text;
using DocExchange.Core.Evidence.Publishing;

namespace DocExchange.Cli.Proof;

internal sealed class LogMirrorVerb() : Verb(
    "log mirror", "LOG DIR", "copy a hub's published log (an address such as http://hub/log, or a folder) and check what is copied",
    "sao lại nhật ký đã công bố của trục (địa chỉ như http://trục/log, hoặc thư mục) và kiểm tra bản sao")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var source = session.Log(arguments.Operands[0]);
        var folder = arguments.Operands[1];
        try
        {
            var origins = await source.OriginsAsync(ct).ConfigureAwait(false);
            foreach (var origin in origins)
            {
                var tag = LogSource.TagOf(origin);
                var copy = new LogFolder(Path.Combine(folder, tag));
                var head = await LogCopy.UpdateAsync(source, tag, copy, origin != origins[^1], ct).ConfigureAwait(false);
                if (head?.Checkpoint.Size < copy.ReadCheckpoint()?.Size) SayLost(session, origin, head.Checkpoint.Size);
                session.Output.Record(new { origin, size = head?.Checkpoint.Size ?? 0 }, ("Log / Nhật ký", origin), ("Entries / Số mục", (head?.Checkpoint.Size ?? 0).ToString(CultureInfo.InvariantCulture)));
            }
            new LogFolder(folder).Write(LogPublisher.EpochsFile, Encoding.UTF8.GetBytes(string.Concat(origins.Select(origin => origin + "\n"))));
            session.Output.Line($"Next / Tiếp theo: dex verify {folder} --root PEM");
            return ExitCode.Done;
        }
        catch (LogDamagedException damaged)
        {
            throw new CommandFailed(ExitCode.Contradicted, damaged.Message, "Nhật ký công bố không khớp với giá trị gốc đã ký hoặc đã quay lui.");
        }
    }

    private static void SayLost(Session session, string origin, long size) => session.Output.Line(
        $"The entries of {origin} from {size} on are in this copy and no longer at the source: they were lost in a restore. Keep the copy. / "
        + $"Các mục của {origin} từ {size} có trong bản sao này nhưng nguồn không còn: đã mất khi khôi phục. Hãy giữ bản sao.");
}
