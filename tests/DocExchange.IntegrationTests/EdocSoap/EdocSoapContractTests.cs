using System.Text;
using System.Xml;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Packages.Version1;
using DocExchange.IntegrationTests.EdocRest;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.EdocSoap;

/// <summary>The same documents as edXML 1.0 messages; what is no package is no message either, and gets a fault without a receipt.</summary>
public sealed class EdocSoapContractTests : EdgeContract
{
    private protected override bool IsAnotherOriginal => true;

    private protected override Task PrepareAsync(TestHub hub) => hub.AllowEdocAsync(TestHub.Province, TestHub.Department, TestHub.Peer);

    private protected override async Task<(bool Accepted, string? ReceiptId, string Answer)> SendAsync(TestHub hub, byte[] package, string system, string kind)
    {
        var envelope = PackageReader.Read(package, PackageLimits.Default).Envelope;
        var reply = envelope is null
            ? await hub.SoapAsync("SendDocument", Encoding.UTF8.GetString(package))
            : await hub.SoapAsync(envelope.Kind == MessageKind.Status ? "UpdateTraces" : "SendDocument", Render(package, envelope, system));
        if (reply.IsFault) return (false, null, reply.Envelope.ToString());
        if (!reply.IsSuccess) return (false, reply.ReceiptId!, reply.Envelope.ToString());
        return (true, envelope!.Kind == MessageKind.Status ? null : await hub.ReceiptIdAsync(system, reply.DocumentId), "");
    }

    private static string Render(byte[] package, Envelope envelope, string system)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text))
        {
            xml.WriteStartElement("s", "Envelope", Message.Soap11);
            xml.WriteStartElement("s", "Header", Message.Soap11);
            if (envelope.Kind == MessageKind.Document) Version1Writer.WriteHeaders(xml, envelope);
            xml.WriteRaw($"<Signature><KeyInfo><OrganId>{system}</OrganId><Token>{TestHub.Secret}</Token></KeyInfo></Signature>");
            xml.WriteEndElement();
            xml.WriteStartElement("s", "Body", Message.Soap11);
            if (envelope.Kind == MessageKind.Status) Version1Writer.WriteStatus(xml, envelope);
            else WriteFiles(xml, package, envelope);
            xml.WriteEndDocument();
        }
        return text.ToString().Replace("utf-16", "utf-8", StringComparison.Ordinal);
    }

    private static void WriteFiles(XmlWriter xml, byte[] package, Envelope envelope)
    {
        xml.WriteStartElement("AllDocument");
        foreach (var attachment in envelope.Attachments)
        {
            xml.WriteStartElement("Attachment");
            xml.WriteElementString("name", attachment.Name);
            xml.WriteElementString("value", Encoding.ASCII.GetString(package, (int)attachment.Offset, (int)attachment.EncodedLength));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }
}
