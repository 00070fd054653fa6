using System.Text;
using System.Xml;
using DocExchange.Core.Problems;

namespace DocExchange.Hub.Edges.Soap;

/// <summary>
/// Renders refusals as faults of either version. The detail carries code, field, both languages and the refusal's receipt, so that a program
/// need not read sentences.
/// </summary>
internal static class SoapFaults
{
    /// <summary>Of the detail, and of the modern interface.</summary>
    public const string DetailNamespace = "urn:docexchange:soap:1";

    private const string Xml = "http://www.w3.org/XML/1998/namespace";

    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CheckCharacters = false };

    /// <summary>Writes the fault with the HTTP status its version asks for.</summary>
    public static Task AnswerAsync(HttpContext http, SoapVersion version, Problem problem, string? receiptId = null)
    {
        if (problem.Kind.Step == ProblemStep.Fault) http.Response.Headers.RetryAfter = "30";
        if (problem.Kind == ProblemCatalogue.CredentialsMissing) http.Response.Headers.WWWAuthenticate = "Basic realm=\"DocExchange\"";
        var bytes = Render(version, problem, receiptId);
        http.Response.StatusCode = StatusOf(version, problem);
        http.Response.ContentType = $"{version.MediaType}; charset=utf-8";
        http.Response.ContentLength = bytes.Length;
        return http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }

    /// <summary>SOAP 1.1 §6.2 knows 500 alone; SOAP 1.2 part 2 §7.4 tells the sender's faults apart.</summary>
    public static int StatusOf(SoapVersion version, Problem problem) =>
        version.Is12 && CodeOf(version, problem) == version.SenderCode ? StatusCodes.Status400BadRequest : StatusCodes.Status500InternalServerError;

    public static ReadOnlyMemory<byte> Render(SoapVersion version, Problem problem, string? receiptId)
    {
        var buffer = new MemoryStream(2048);
        using (var xml = XmlWriter.Create(buffer, Settings))
        {
            xml.WriteStartElement("s", "Envelope", version.Namespace);
            xml.WriteStartElement("s", "Body", version.Namespace);
            xml.WriteStartElement("s", "Fault", version.Namespace);
            if (version.Is12) Write12(xml, version, problem, receiptId);
            else Write11(xml, version, problem, receiptId);
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static void Write11(XmlWriter xml, SoapVersion version, Problem problem, string? receiptId)
    {
        xml.WriteElementString("faultcode", $"s:{CodeOf(version, problem)}");
        xml.WriteElementString("faultstring", $"{problem.Code} {problem.English}");
        // SOAP 1.1 §4.4: what is wrong with headers is not said in the detail; clients tolerate it, and it says the code.
        xml.WriteStartElement("detail");
        WriteProblem(xml, problem, receiptId);
        xml.WriteEndElement();
    }

    private static void Write12(XmlWriter xml, SoapVersion version, Problem problem, string? receiptId)
    {
        xml.WriteStartElement("Code", version.Namespace);
        xml.WriteElementString("Value", version.Namespace, $"s:{CodeOf(version, problem)}");
        xml.WriteEndElement();
        xml.WriteStartElement("Reason", version.Namespace);
        foreach (var (language, text) in new[] { ("en", problem.English), ("vi", problem.Vietnamese) })
        {
            xml.WriteStartElement("Text", version.Namespace);
            xml.WriteAttributeString("xml", "lang", Xml, language);
            xml.WriteString($"{problem.Code} {text}");
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteStartElement("Detail", version.Namespace);
        WriteProblem(xml, problem, receiptId);
        xml.WriteEndElement();
    }

    private static void WriteProblem(XmlWriter xml, Problem problem, string? receiptId)
    {
        xml.WriteStartElement("Problem", DetailNamespace);
        Element("Code", problem.Code);
        if (problem.Path.Length > 0) Element("Field", Problem.Shown(problem.Path));
        Element("English", problem.English);
        Element("Vietnamese", problem.Vietnamese);
        Element("FixEnglish", problem.FixEnglish);
        Element("FixVietnamese", problem.FixVietnamese);
        if (!string.IsNullOrEmpty(receiptId)) Element("ReceiptId", receiptId);
        xml.WriteEndElement();

        void Element(string name, string text) => xml.WriteElementString(name, DetailNamespace, text);
    }

    private static string CodeOf(SoapVersion version, Problem problem) =>
        problem.Kind == ProblemCatalogue.SoapVersionUnknown ? "VersionMismatch"
        : problem.Kind == ProblemCatalogue.SoapHeaderNotUnderstood ? "MustUnderstand"
        : problem.Kind.Step == ProblemStep.Fault || problem.Kind == ProblemCatalogue.RateExceeded ? version.ReceiverCode : version.SenderCode;
}
