using Microsoft.Data.Sqlite;

namespace DocExchange.CrashHost;

/// <summary>
/// One row per commit, acknowledged by a line on standard output after COMMIT returned. Row K has the body <see cref="Payload.For"/>(K).
/// <c>--ack early</c> acknowledges before the commit, to see it detected.
/// Ends with exit code 3 and "refused K: ..." when a commit fails: nothing after the failure is acknowledged.
/// </summary>
internal static class SqliteWriter
{
    public static int Run(VerbArguments arguments)
    {
        using var standardOutput = Console.OpenStandardOutput();
        var size = arguments.Number("size", 3_000);
        var early = arguments.Text("ack", "late") == "early";
        var current = 0;
        try
        {
            using var rows = RowStore.Open(arguments.Data, arguments.Text("sync", "FULL"), arguments.Number("checkpoint", 1_000));
            for (current = 1; current <= arguments.Number("count", 100); current++)
            {
                if (early)
                {
                    Acknowledge();
                }

                rows.Add(current, Payload.For(current, size));
                if (!early)
                {
                    Acknowledge();
                }
            }

            return 0;
        }
        catch (SqliteException error)
        {
            standardOutput.Write(System.Text.Encoding.ASCII.GetBytes($"refused {current}: {error.SqliteExtendedErrorCode} {error.Message}\n"));
            return 3;
        }

        void Acknowledge() => standardOutput.Write(System.Text.Encoding.ASCII.GetBytes($"ack {current}\n"));
    }
}
