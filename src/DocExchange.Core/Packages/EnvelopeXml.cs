using System.Xml;
using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Packages;

/// <summary>
/// Writes the envelope in the order of the reference library and therefore of the axis (edxml 1.2 "Writers' order"), with the literal prefix
/// that other consumers match on (edxml 0.2). Empty values are left out, as that library does.
/// </summary>
internal sealed class EnvelopeXml(XmlWriter xml)
{
    public void Write(Envelope envelope, IReadOnlyList<ManifestReference>? manifest)
    {
        Open("edXMLEnvelope");
        Open("edXMLHeader");
        Open("MessageHeader");
        if (envelope.Status is { } status) WriteStatus(envelope, status);
        else WriteDocument(envelope);
        Close();
        if (envelope.Status is null && envelope.Trace is { } trace) WriteTrace(trace);
        Close();
        if (manifest is not null) WriteManifest(manifest);
        Close();
    }

    private void WriteStatus(Envelope envelope, StatusReport status)
    {
        WriteOrgan("From", envelope.From);
        foreach (var reference in envelope.ResponseFor) WriteReference(reference);
        if (status.Staff is { } staff) WriteStaff(staff);
        Text("StatusCode", status.Code);
        Text("Description", status.Description);
        Text("Timestamp", status.Timestamp);
    }

    private void WriteDocument(Envelope envelope)
    {
        WriteOrgan("From", envelope.From);
        foreach (var organ in envelope.To) WriteOrgan("To", organ);
        Text("DocumentId", envelope.DocumentId);
        Group("Code", ("CodeNumber", envelope.CodeNumber), ("CodeNotation", envelope.CodeNotation));
        Group("PromulgationInfo", ("Place", envelope.Place), ("PromulgationDate", envelope.PromulgationDate));
        Group("DocumentType", ("Type", envelope.Type), ("TypeDetail", envelope.TypeDetail), ("TypeName", envelope.TypeName));
        Text("Subject", envelope.Subject);
        Text("Content", envelope.Content);
        if (envelope.SignerInfo is { } signer)
        {
            Group("SignerInfo", ("Competence", signer.Competence), ("Position", signer.Position), ("FullName", signer.FullName));
        }
        Text("DueDate", envelope.DueDate);
        if (envelope.OtherInfo is { } other) WriteOther(other);
        foreach (var reference in envelope.ResponseFor) WriteReference(reference);
        Text("SteeringType", envelope.SteeringType);
        List("ResponseForTask", "TaskCode", envelope.TaskCodes);
        Text("ApplicationType", envelope.ApplicationType);
        List("ToPlaces", "Place", envelope.ToPlaces);
    }

    private void WriteOrgan(string name, Organ organ) => Group(
        name, ("OrganId", organ.OrganId), ("OrganizationInCharge", organ.OrganizationInCharge), ("OrganName", organ.OrganName),
        ("OrganAdd", organ.OrganAdd), ("Email", organ.Email), ("Telephone", organ.Telephone), ("Fax", organ.Fax), ("Website", organ.Website));

    private void WriteReference(Reference reference) => Group(
        "ResponseFor", ("OrganId", reference.OrganId), ("Code", reference.Code), ("PromulgationDate", reference.PromulgationDate), ("DocumentId", reference.DocumentId));

    private void WriteStaff(StaffInfo staff) => Group(
        "StaffInfo", ("Department", staff.Department), ("Staff", staff.Staff), ("Email", staff.Email), ("Mobile", staff.Mobile));

    private void WriteOther(OtherInfo other)
    {
        Open("OtherInfo");
        Text("Priority", other.Priority);
        Text("SphereOfPromulgation", other.SphereOfPromulgation);
        Text("TyperNotation", other.TyperNotation);
        Text("PromulgationAmount", other.PromulgationAmount);
        Text("PageAmount", other.PageAmount);
        Text("Direction", other.Direction);
        Text("ReplyFors", other.ReplyFors);
        Text("ReferenceCodes", other.ReferenceCodes);
        List("Appendixes", "Appendix", other.Appendixes);
        Close();
    }

    private void WriteTrace(TraceHeaderList trace)
    {
        Open("TraceHeaderList");
        if (trace.Business is { } business) WriteBusiness(business);
        foreach (var hop in trace.Hops) Group("TraceHeader", ("OrganId", hop.OrganId), ("Timestamp", hop.Timestamp));
        Close();
    }

    private void WriteBusiness(Business business)
    {
        Open("Bussiness");
        Text("DocumentId", business.DocumentId);
        Text("BussinessDocType", business.DocType);
        Text("BussinessDocReason", business.Reason);
        Text("Paper", business.Paper);
        if (business.DocumentInfo is not null || business.DocumentReceiver is not null || business.Receivers.Count > 0)
        {
            Open("BussinessDocumentInfo");
            Text("DocumentInfo", business.DocumentInfo);
            Text("DocumentReceiver", business.DocumentReceiver);
            if (business.Receivers.Count > 0) Open("ReceiverList");
            foreach (var receiver in business.Receivers) Group("Receiver", ("OrganId", receiver.OrganId), ("ReceiverType", receiver.ReceiverType));
            if (business.Receivers.Count > 0) Close();
            Close();
        }
        if (business.Replacements.Count > 0)
        {
            Open("ReplacementInfoList");
            foreach (var replacement in business.Replacements)
            {
                Open("ReplacementInfo");
                Text("DocumentId", replacement.DocumentId);
                List("OrganIdList", "OrganId", replacement.OrganIds);
                Close();
            }
            Close();
        }
        foreach (var staff in business.Staff) WriteStaff(staff);
        Close();
    }

    private void WriteManifest(IReadOnlyList<ManifestReference> manifest)
    {
        Open("edXMLBody");
        Open("edXMLManifest");
        xml.WriteAttributeString("version", "1.0");
        foreach (var reference in manifest)
        {
            Group(
                "Reference", ("ContentId", reference.ContentId), ("ContentType", reference.ContentType), ("Description", reference.Description),
                ("AttachmentName", reference.AttachmentName));
        }
        Close();
        Close();
    }

    private void Group(string name, params ReadOnlySpan<(string Name, string? Value)> children)
    {
        var opened = false;
        foreach (var (child, value) in children)
        {
            if (string.IsNullOrEmpty(value)) continue;
            if (!opened) Open(name);
            opened = true;
            Text(child, value);
        }
        // From, To and TraceHeader are counted by their presence, also when nothing is in them.
        if (opened) Close();
        else if (name is "From" or "To" or "TraceHeader" or "Reference")
        {
            Open(name);
            Close();
        }
    }

    private void List(string name, string item, IReadOnlyList<string> values)
    {
        if (values.Count == 0) return;
        Open(name);
        foreach (var value in values) Text(item, value);
        Close();
    }

    private void Text(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) xml.WriteElementString(EdxmlNames.Prefix, name, EdxmlNames.Namespace, value);
    }

    private void Open(string name) => xml.WriteStartElement(EdxmlNames.Prefix, name, EdxmlNames.Namespace);

    private void Close() => xml.WriteEndElement();
}
