using System.Net;
using DocExchange.Client;

namespace DocExchange.Cli;

/// <summary>Finds the command, runs it, and turns whatever goes wrong into two sentences and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> words, Surroundings around, CancellationToken ct)
    {
        if (words.Count == 0 || words[0] is "help" or "--help" or "-h") return Help.Write(words.Skip(1), around.Out);
        string? hub = null;
        try
        {
            var (verb, rest) = Verbs.Find(words);
            var arguments = Arguments.Parse(rest, [.. verb.Options, .. Session.CommonOptions]);
            if (arguments.Has("--help")) return Help.Write(verb, around.Out);
            arguments.Require(verb.Operands);
            using var session = new Session(arguments, around);
            hub = session.Hub.ToString();
            return await verb.RunAsync(session, arguments, ct).ConfigureAwait(false);
        }
        catch (CommandFailed failed)
        {
            Say(around, failed.Message, failed.Vietnamese);
            if (failed.Code == ExitCode.Usage) Say(around, "See: dex help", "Xem: dex help");
            return failed.Code;
        }
        catch (HubRefusedException refused)
        {
            return Refused(around, refused.Problem);
        }
        catch (HttpRequestException unreachable)
        {
            Say(around, $"Cannot reach the hub at {hub}: {unreachable.Message}", $"Không kết nối được với trục tại {hub}.");
            return ExitCode.Unreachable;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            Say(around, $"The hub at {hub} did not answer in time.", $"Trục tại {hub} không trả lời kịp thời gian.");
            return ExitCode.Unreachable;
        }
        catch (OperationCanceledException)
        {
            Say(around, "Stopped.", "Đã dừng.");
            return ExitCode.Refused;
        }
        catch (Exception file) when (file is IOException or UnauthorizedAccessException)
        {
            Say(around, file.Message, "Không đọc hoặc ghi được tệp.");
            return ExitCode.Usage;
        }
    }

    private static ExitCode Refused(Surroundings around, HubProblem problem)
    {
        var unauthorised = problem.Status == HttpStatusCode.Unauthorized && problem.Detail is null;
        Say(around,
            unauthorised ? "The hub does not know these credentials." : $"Refused {problem.Code}: {problem.Detail ?? problem.Title ?? problem.Status.ToString()}",
            unauthorised ? "Trục không nhận thông tin đăng nhập này." : problem.DetailVi ?? "Bị từ chối.");
        if (problem.Fix is { Length: > 0 } fix) Say(around, fix, problem.FixVi);
        if (problem.ReceiptId is { Length: > 0 } receipt) Say(around, $"Receipt of the refusal: {receipt}", $"Biên nhận từ chối: {receipt}");
        return ExitCode.Refused;
    }

    private static void Say(Surroundings around, string english, string? vietnamese)
    {
        around.Error.WriteLine("dex: " + english);
        if (vietnamese is not null) around.Error.WriteLine("     " + vietnamese);
    }
}
