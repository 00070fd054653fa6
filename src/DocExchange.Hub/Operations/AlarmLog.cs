using DocExchange.Core.Alarms;

namespace DocExchange.Hub.Operations;

/// <summary>Takes up the alarms of the last run, and says each new one in the log.</summary>
internal static partial class AlarmLog
{
    public static Task OpenAsync(AlarmBoard board, ILoggerFactory logs)
    {
        var logger = logs.CreateLogger("DocExchange.Hub.Alarms");
        board.Raised += alarm => LogRaised(logger, alarm.Kind.Name, alarm.English);
        return board.LoadAsync(CancellationToken.None);
    }

    [LoggerMessage(EventId = 2401, Level = LogLevel.Warning, Message = "Alarm {Kind}: {Sentence}")]
    private static partial void LogRaised(ILogger logger, string kind, string sentence);
}
