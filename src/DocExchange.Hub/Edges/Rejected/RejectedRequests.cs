using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DocExchange.Axis.Codes;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Problems;
using DocExchange.Hub.Api;
using DocExchange.Hub.Edges.EdocRest;
using DocExchange.Hub.Edges.Rest;
using DocExchange.Hub.Edges.Soap;
using DocExchange.Hub.Operations;
using Microsoft.AspNetCore.WebUtilities;

namespace DocExchange.Hub.Edges.Rejected;

/// <summary>
/// What the server rejects before there is a request (a garbage request line, headers beyond its own limit), told as every other refusal: by
/// itself it answers with an empty body, which one client takes for "no documents".
/// </summary>
internal static class RejectedRequests
{
    /// <summary>What a request that the server could not read, or not in time, is refused with.</summary>
    public static Problem ProblemOf(BadHttpRequestException fault, HubOptions? options = null) => fault is MessageRefusedException refused ? refused.Problem : fault.StatusCode switch
    {
        StatusCodes.Status408RequestTimeout => new Problem(ProblemCatalogue.RequestTimedOut),
        StatusCodes.Status431RequestHeaderFieldsTooLarge => new Problem(ProblemCatalogue.HeadersTooLarge, Limit: $"{options?.MaxHeaderKilobytes} KB"),
        _ => new Problem(ProblemCatalogue.RequestUnreadable),
    };

    /// <summary>The whole answer as it goes over the wire, closing the connection; null where an empty body is the right one.</summary>
    /// <param name="path">Null when not even the request line could be read: then it is nobody's address, and the axis protocol's form is as good as any.</param>
    public static byte[]? AnswerTo(string? path, BadHttpRequestException fault, HubOptions options)
    {
        var problem = ProblemOf(fault, options);
        // This operation's client takes any body for a success.
        if (path?.EndsWith("/" + VxpOperations.DownloadEdoc, StringComparison.OrdinalIgnoreCase) == true) return null;

        var (type, body) = Body(path, problem, fault.StatusCode);
        var head = $"HTTP/1.1 {fault.StatusCode} {ReasonPhrases.GetReasonPhrase(fault.StatusCode)}\r\nContent-Type: {type}\r\n"
            + $"Content-Length: {body.Length}\r\nConnection: close\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body.Span];
    }

    private static (string Type, ReadOnlyMemory<byte> Body) Body(string? path, Problem problem, int status)
    {
        if (IsBelow(path, RestEdge.Prefix)) return (ApiProblems.ContentType, JsonSerializer.SerializeToUtf8Bytes(ApiProblems.View(problem, status, null), JsonSerializerOptions.Web));
        if (IsBelow(path, EdocRestEdge.Prefix)) return (EdocRestAnswers.ContentType, EdocRestAnswers.Refusal(problem, null, null));
        // The version is not known yet; the older is understood by more.
        if (IsBelow(path, SoapVersion.Paths)) return ($"{SoapVersion.Soap11.MediaType}; charset=utf-8", SoapFaults.Render(SoapVersion.Soap11, problem, null));
        var body = new ArrayBufferWriter<byte>(512);
        VxpJson.SendRefused(body, int.Parse(AxisErrors.CodeOf(problem), CultureInfo.InvariantCulture), AxisErrors.Describe(problem, null));
        return (VxpJson.ContentType, body.WrittenMemory);
    }

    private static bool IsBelow(string? path, string prefix) => path?.StartsWith(prefix + "/", StringComparison.OrdinalIgnoreCase) == true;
}
