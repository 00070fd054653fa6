using DocExchange.Core.Signing;

namespace DocExchange.Hub.Signatures;

/// <summary>What a signature did to its reader, for the log: where it happened, without the message, which may quote the document.</summary>
internal static partial class SignatureFaults
{
    public static Action<Exception> Into(IServiceProvider services)
    {
        var logger = services.GetRequiredService<ILogger<SignatureDesk>>();
        return fault => LogFault(logger, fault.GetType().Name, fault.StackTrace);
    }

    [LoggerMessage(EventId = 2590, Level = LogLevel.Error, Message = "A signature could not be read for a fault of the hub ({Fault}); the document was judged without it. {Where}")]
    private static partial void LogFault(ILogger logger, string fault, string? where);
}
