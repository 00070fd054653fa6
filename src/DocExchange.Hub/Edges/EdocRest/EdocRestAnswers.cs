using System.Buffers;
using System.Text.Json;
using DocExchange.Axis.Codes;
using DocExchange.Core.Packages;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;

namespace DocExchange.Hub.Edges.EdocRest;

/// <summary>Renders answers: always status, code and errors, whatever else there is.</summary>
internal static class EdocRestAnswers
{
    public const string ContentType = "application/json; charset=utf-8";
    private static readonly byte[] DataOpening = "{\"status\":\"Success\",\"code\":\"0\",\"errors\":[],\"data\":\""u8.ToArray();
    private static readonly byte[] DataClosing = "\"}"u8.ToArray();

    /// <param name="members">Writes what the answer says beside its success.</param>
    /// <param name="code">"0", but for the one operation that says "200".</param>
    public static Task OkAsync(HttpContext http, Action<Utf8JsonWriter>? members = null, string code = "0")
    {
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("status", "Success");
            json.WriteString("code", code);
            json.WriteStartArray("errors");
            json.WriteEndArray();
            members?.Invoke(json);
            json.WriteEndObject();
        }
        return WriteAsync(http, StatusCodes.Status200OK, body.WrittenMemory);
    }

    /// <summary>A package as base64, streamed.</summary>
    public static async Task DataAsync(HttpContext http, Stream package)
    {
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = DataOpening.Length + Base64Text.LengthFor(package.Length) + DataClosing.Length;
        await http.Response.Body.WriteAsync(DataOpening, http.RequestAborted).ConfigureAwait(false);
        await Base64Text.WriteAsync(http.Response.Body, package, http.RequestAborted).ConfigureAwait(false);
        await http.Response.Body.WriteAsync(DataClosing, http.RequestAborted).ConfigureAwait(false);
    }

    public static Task RefuseAsync(HttpContext http, EdocRestOperation? operation, Problem problem, ReceiptRef? receipt = null)
    {
        var status = StatusOf(problem);
        if (status == StatusCodes.Status503ServiceUnavailable) http.Response.Headers.RetryAfter = "30";
        return WriteAsync(http, status, Refusal(problem, operation, receipt));
    }

    public static ReadOnlyMemory<byte> Refusal(Problem problem, EdocRestOperation? operation, ReceiptRef? receipt)
    {
        var code = EdocRestErrors.CodeOf(problem, operation);
        var body = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteString("status", code == EdocRestErrors.InvalidCredentials ? "False" : problem.Kind.Step == ProblemStep.Fault ? "Error" : "Fail");
        json.WriteString("code", "9999");
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteString("code", code);
        json.WriteString("description", AxisErrors.Describe(problem, receipt?.Id));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }

    private static int StatusOf(Problem problem)
    {
        var status = ProtocolStatus.Of(problem);
        return status == StatusCodes.Status200OK && problem.Kind.Step == ProblemStep.Authenticity ? StatusCodes.Status401Unauthorized : status;
    }

    private static async Task WriteAsync(HttpContext http, int status, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted).ConfigureAwait(false);
    }
}
