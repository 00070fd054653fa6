using System.Reflection;
using System.Security;
using System.Text;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>The interface's WSDL and schema as they stand in <c>schemas/soap</c>, with the address they were asked for at in place of the sample one.</summary>
internal static class SoapDescription
{
    /// <summary>What the checked-in WSDL says where an installation's address belongs.</summary>
    public const string SampleAddress = "http://127.0.0.1:8080/soap/v1";

    private const string SampleSchema = "docexchange.xsd";

    private static readonly Lazy<string> Wsdl = new(() => Read("docexchange.wsdl"));
    private static readonly Lazy<string> Schema = new(() => Read(SampleSchema));

    /// <summary>Answers <c>?wsdl</c> and <c>?xsd=docexchange.xsd</c>, in any case.</summary>
    public static bool TryFind(HttpRequest http, out string description)
    {
        description = "";
        if (http.Query.ContainsKey("wsdl"))
        {
            var address = SecurityElement.Escape($"{http.Scheme}://{http.Host}{http.PathBase}{SoapEdge.Path}");
            description = Wsdl.Value.Replace(SampleAddress, address, StringComparison.Ordinal)
                .Replace($"schemaLocation=\"{SampleSchema}\"", $"schemaLocation=\"{address}?xsd={SampleSchema}\"", StringComparison.Ordinal);
        }
        else if (http.Query["xsd"] == SampleSchema)
        {
            description = Schema.Value;
        }
        return description.Length > 0;
    }

    public static Task WriteAsync(HttpContext http, string description)
    {
        http.Response.ContentType = "text/xml; charset=utf-8";
        return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(description), http.RequestAborted).AsTask();
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("soap/" + name)!);
        return reader.ReadToEnd();
    }
}
