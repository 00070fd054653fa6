using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using DocExchange.Axis.Protocol;

namespace DocExchange.Sandbox.Axis.Calls;

/// <summary>An answer before it goes out, so that a fault can take its place.</summary>
/// <param name="Code">The protocol's code.</param>
/// <param name="Length">Bytes of the body; null when they are not known before.</param>
/// <param name="WriteAsync">Writes the body.</param>
internal sealed record AxisAnswer(int Code, string Text, int HttpStatus, string ContentType, long? Length, Func<Stream, CancellationToken, Task> WriteAsync)
{
    public static AxisAnswer Ok() => Json(VxpJson.Ok);

    public static AxisAnswer Json(Action<IBufferWriter<byte>> write) => Json(VxpCodes.Success, VxpNames.SuccessText, StatusCodes.Status200OK, write);

    /// <summary>A refusal as the operation's clients read it: with an empty DocId for sendEdoc, with an empty body for downloadEdoc.</summary>
    public static AxisAnswer Refused(string operation, int code, string text, bool withHttpStatus = false)
    {
        var status = !withHttpStatus ? StatusCodes.Status200OK
            : code == VxpCodes.NotAuthentic ? StatusCodes.Status401Unauthorized
            : code == VxpCodes.SystemError ? StatusCodes.Status500InternalServerError
            : StatusCodes.Status400BadRequest;
        if (operation.Equals(VxpOperations.DownloadEdoc, StringComparison.OrdinalIgnoreCase))
        {
            var refused = code == VxpCodes.NotAuthentic ? StatusCodes.Status401Unauthorized : StatusCodes.Status404NotFound;
            return new AxisAnswer(code, text, refused, VxpNames.OctetStream, 0, static (_, _) => Task.CompletedTask);
        }
        return operation.Equals(VxpOperations.SendEdoc, StringComparison.OrdinalIgnoreCase)
            ? Json(code, text, status, output => VxpJson.SendRefused(output, code, text))
            : Json(code, text, status, output => VxpJson.Refused(output, code, text));
    }

    /// <summary>A list of a length that nobody has to hold.</summary>
    public static AxisAnswer Streamed(Func<PipeWriter, CancellationToken, Task> write) => new(
        VxpCodes.Success, VxpNames.SuccessText, StatusCodes.Status200OK, VxpJson.ContentType, null, async (output, ct) =>
        {
            var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
            await write(pipe, ct).ConfigureAwait(false);
            await pipe.CompleteAsync().ConfigureAwait(false);
        });

    /// <summary>A page that is none of the protocol's.</summary>
    public static AxisAnswer Page(int httpStatus, string title) => Of(httpStatus, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(
        $"<!doctype html><html><head><title>{title}</title></head><body><h1>{httpStatus.ToString(CultureInfo.InvariantCulture)} {title}</h1></body></html>\n"));

    public static AxisAnswer Empty(int httpStatus) => Of(httpStatus, VxpJson.ContentType, []);

    private static AxisAnswer Of(int httpStatus, string type, byte[] body) =>
        new(VxpCodes.Success, "", httpStatus, type, body.Length, (output, ct) => output.WriteAsync(body, ct).AsTask());

    private static AxisAnswer Json(int code, string text, int status, Action<IBufferWriter<byte>> write)
    {
        var body = new ArrayBufferWriter<byte>(512);
        write(body);
        return new AxisAnswer(code, text, status, VxpJson.ContentType, body.WrittenCount, (output, ct) => output.WriteAsync(body.WrittenMemory, ct).AsTask());
    }
}
