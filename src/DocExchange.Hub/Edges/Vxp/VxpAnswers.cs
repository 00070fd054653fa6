using System.Buffers;
using System.IO.Pipelines;
using DocExchange.Axis.Codes;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;

namespace DocExchange.Hub.Edges.Vxp;

/// <summary>Renders answers: always status, ErrorCode and ErrorDesc, never null; a refused download is an empty body.</summary>
internal static class VxpAnswers
{
    public static Task OkAsync(HttpContext http) => WriteAsync(http, StatusCodes.Status200OK, static output => VxpJson.Ok(output));

    public static Task SentAsync(HttpContext http, string docId) => WriteAsync(http, StatusCodes.Status200OK, output => VxpJson.Sent(output, docId));

    /// <summary>A refusal in this dialect: HTTP 200 for what the protocol has codes for, the true HTTP status where a client must stop or wait.</summary>
    public static Task RefuseAsync(HttpContext http, string operation, Problem problem, ReceiptRef? receipt = null)
    {
        var status = ProtocolStatus.Of(problem);
        if (status == StatusCodes.Status503ServiceUnavailable) http.Response.Headers.RetryAfter = "30";
        if (operation.Equals(VxpOperations.DownloadEdoc, StringComparison.OrdinalIgnoreCase))
        {
            // This client takes any body for a success.
            http.Response.StatusCode = status == StatusCodes.Status200OK
                ? problem.Kind.Step == ProblemStep.Authenticity ? StatusCodes.Status401Unauthorized : StatusCodes.Status404NotFound
                : status;
            return Task.CompletedTask;
        }
        var code = int.Parse(AxisErrors.CodeOf(problem));
        var text = AxisErrors.Describe(problem, receipt?.Id);
        return operation.Equals(VxpOperations.SendEdoc, StringComparison.OrdinalIgnoreCase)
            ? WriteAsync(http, status, output => VxpJson.SendRefused(output, code, text))
            : WriteAsync(http, status, output => VxpJson.Refused(output, code, text));
    }

    /// <summary>A list that goes out as it is written; its length is not known before.</summary>
    public static PipeWriter Begin(HttpContext http)
    {
        http.Response.ContentType = VxpJson.ContentType;
        return http.Response.BodyWriter;
    }

    public static async Task WriteAsync(HttpContext http, int status, Action<IBufferWriter<byte>> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        write(buffer);
        http.Response.StatusCode = status;
        http.Response.ContentType = VxpJson.ContentType;
        http.Response.ContentLength = buffer.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(buffer.WrittenMemory, http.RequestAborted).ConfigureAwait(false);
    }
}
