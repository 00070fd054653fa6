using System.Text;
using System.Xml;
using DocExchange.Axis.Codes;
using DocExchange.Core.Packages;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;

namespace DocExchange.Hub.Edges.EdocSoap;

/// <summary>
/// Writes one answer in the version of the request: <c>edXML:&lt;operation&gt;Response</c> with the result inside. Never empty. What is long is
/// sent as it is written.
/// </summary>
internal sealed class EdocSoapAnswer : IDisposable
{
    private const int Flushed = 32 * 1024;
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CheckCharacters = false };

    private readonly EdocSoapCall _call;
    private readonly MemoryStream _buffer = new();

    private EdocSoapAnswer(EdocSoapCall call)
    {
        _call = call;
        Xml = XmlWriter.Create(_buffer, Settings);
        Xml.WriteStartElement("s", "Envelope", call.Version.Namespace);
        Xml.WriteAttributeString("xmlns", EdxmlNames.Prefix, null, EdxmlNames.Version1Namespace);
        Xml.WriteStartElement("s", "Body", call.Version.Namespace);
        Open(call.Operation.Name + "Response");
        call.Http.Response.ContentType = $"{call.Version.MediaType}; charset=utf-8";
    }

    public XmlWriter Xml { get; }

    public static EdocSoapAnswer Begin(EdocSoapCall call) => new(call);

    /// <summary>A success with nothing more to say.</summary>
    public static async Task ReportAsync(EdocSoapCall call)
    {
        using var answer = Begin(call);
        answer.Report([]);
        await answer.EndAsync().ConfigureAwait(false);
    }

    public static async Task RefuseAsync(EdocSoapCall call, Problem problem, ReceiptRef? receipt)
    {
        var status = ProtocolStatus.Of(problem);
        if (status == StatusCodes.Status503ServiceUnavailable) call.Http.Response.Headers.RetryAfter = "30";
        call.Http.Response.StatusCode = status;
        using var answer = Begin(call);
        answer.Report([(EdocSoapErrors.CodeOf(problem, call.Operation), AxisErrors.Describe(problem, receipt?.Id))], isSuccess: false);
        await answer.EndAsync().ConfigureAwait(false);
    }

    /// <summary>Report with what a person should know; of a success, its warnings.</summary>
    public void Report(IEnumerable<(string Code, string Description)> errors, bool isSuccess = true)
    {
        Open("Report");
        Text("IsSuccess", isSuccess ? "true" : "false");
        WriteErrors(Xml, errors);
        Xml.WriteEndElement();
    }

    public static void WriteErrors(XmlWriter xml, IEnumerable<(string Code, string Description)> errors)
    {
        Open(xml, "ErrorList");
        foreach (var (code, description) in errors)
        {
            Open(xml, "Error");
            Text(xml, "Code", code);
            Text(xml, "Description", description);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    /// <summary>What the hub accepted although it deviates, or could not carry over.</summary>
    public static IEnumerable<(string Code, string Description)> Warnings(IEnumerable<PackageWarning> warnings) =>
        warnings.Select(w => (w.Code, w.Value is null ? w.Path : $"{w.Path}: {Problem.Shown(w.Value)}"));

    public void Open(string name) => Open(Xml, name);

    public void Text(string name, string? value) => Text(Xml, name, value);

    /// <summary>Sends what has been written when it is worth a packet.</summary>
    public async ValueTask FlushAsync()
    {
        Xml.Flush();
        if (_buffer.Length >= Flushed) await SendAsync().ConfigureAwait(false);
    }

    /// <summary>Closes what is open and sends the rest. An answer that is left before stays visibly unfinished.</summary>
    public async ValueTask EndAsync()
    {
        Xml.WriteEndDocument();
        Xml.Flush();
        if (!_call.Http.Response.HasStarted) _call.Http.Response.ContentLength = _buffer.Length;
        await SendAsync().ConfigureAwait(false);
    }

    public void Dispose() => _buffer.Dispose();

    private async ValueTask SendAsync()
    {
        await _call.Http.Response.Body.WriteAsync(_buffer.GetBuffer().AsMemory(0, (int)_buffer.Length), _call.Cancelled).ConfigureAwait(false);
        _buffer.SetLength(0);
    }

    private static void Open(XmlWriter xml, string name) => xml.WriteStartElement(EdxmlNames.Prefix, name, EdxmlNames.Version1Namespace);

    private static void Text(XmlWriter xml, string name, string? value) => xml.WriteElementString(EdxmlNames.Prefix, name, EdxmlNames.Version1Namespace, value ?? "");
}
