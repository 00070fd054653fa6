using System.Xml;
using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Packages;

/// <summary>
/// Writes the envelope in the order of the reference library and therefore of the axis (edxml 1.2 "Writers' order"), with the literal prefix
/// that other consumers match on (edxml 0.2). Empty values are left out, as that library does.
/// </summary>
internal sealed class EnvelopeXml(XmlWriter xml, IReadOnlyList<UnknownElement> unknown, EdxmlVocabulary names)
{
    private const string Header = "MessageHeader";
    private const string Trace = Header + ".TraceHeaderList";
    private const string BusinessPath = Trace + ".Bussiness";
    private const string InfoPath = BusinessPath + ".BussinessDocumentInfo";
    private const string ReplacementsPath = BusinessPath + ".ReplacementInfoList";

    public void Write(Envelope envelope, IReadOnlyList<ManifestReference>? manifest)
    {
        Open("edXMLEnvelope");
        Open("edXMLHeader");
        Open("MessageHeader");
        if (envelope.Status is { } status) WriteStatus(envelope, status);
        else WriteDocument(envelope);
        Close(Header);
        if (envelope.Status is null && envelope.Trace is { } trace) WriteTrace(trace);
        Close("edXMLHeader");
        if (manifest is not null) WriteManifest(manifest);
        Close("edXMLEnvelope");
    }

    /// <summary>MessageHeader and TraceHeaderList without the frame around them: version 1.0 has SOAP's instead.</summary>
    public void WriteHeaders(Envelope envelope)
    {
        Open("MessageHeader");
        WriteDocument(envelope);
        Close(Header);
        if (envelope.Trace is { } trace) WriteTrace(trace);
    }

    /// <summary>A status in an element of its own, as version 1.0 has it.</summary>
    public void WriteStatus(Envelope envelope)
    {
        Open("Status");
        WriteStatus(envelope, envelope.Status!);
        Close(Header);
    }

    private void WriteStatus(Envelope envelope, StatusReport status)
    {
        WriteOrgan("From", envelope.From, 0);
        WriteReferences(envelope.ResponseFor);
        if (status.Staff is { } staff) WriteStaff(staff, Header, 0);
        Text("StatusCode", status.Code);
        Text("Description", status.Description);
        Text("Timestamp", status.Timestamp);
    }

    private void WriteDocument(Envelope envelope)
    {
        WriteOrgan("From", envelope.From, 0);
        for (var i = 0; i < envelope.To.Count; i++) WriteOrgan("To", envelope.To[i], i);
        Text("DocumentId", envelope.DocumentId);
        Group(Header, 0, "Code", ("CodeNumber", envelope.CodeNumber), ("CodeNotation", envelope.CodeNotation));
        Group(Header, 0, "PromulgationInfo", ("Place", envelope.Place), ("PromulgationDate", envelope.PromulgationDate));
        Group(Header, 0, "DocumentType", ("Type", envelope.Type), ("TypeDetail", envelope.TypeDetail), ("TypeName", envelope.TypeName));
        Text("Subject", envelope.Subject);
        Text("Content", envelope.Content);
        if (envelope.SignerInfo is { } signer)
        {
            Group(Header, 0, "SignerInfo", ("Competence", signer.Competence), ("Position", signer.Position), ("FullName", signer.FullName));
        }
        Text("DueDate", envelope.DueDate);
        if (envelope.OtherInfo is { } other) WriteOther(other);
        WriteReferences(envelope.ResponseFor);
        Text("SteeringType", envelope.SteeringType);
        List(Header, "ResponseForTask", "TaskCode", envelope.TaskCodes);
        Text("ApplicationType", envelope.ApplicationType);
        List(Header, "ToPlaces", "Place", envelope.ToPlaces);
    }

    private void WriteOrgan(string name, Organ organ, int ordinal) => Group(
        Header, ordinal, name, ("OrganId", organ.OrganId), ("OrganizationInCharge", organ.OrganizationInCharge), ("OrganName", organ.OrganName),
        ("OrganAdd", organ.OrganAdd), ("Email", organ.Email), ("Telephone", organ.Telephone), ("Fax", organ.Fax), ("Website", organ.Website));

    private void WriteReferences(IReadOnlyList<Reference> references)
    {
        for (var i = 0; i < references.Count; i++) WriteReference(references[i], i);
        // An element that answers nothing is left out, unless a vendor has put something into it.
        WriteReference(new Reference(null, null, null, null), UnknownElement.Uncounted);
    }

    private void WriteReference(Reference reference, int ordinal) => Group(
        Header, ordinal, "ResponseFor", ("OrganId", reference.OrganId), ("Code", reference.Code), ("PromulgationDate", reference.PromulgationDate), ("DocumentId", reference.DocumentId));

    private void WriteStaff(StaffInfo staff, string parent, int ordinal) => Group(
        parent, ordinal, "StaffInfo", ("Department", staff.Department), ("Staff", staff.Staff), ("Email", staff.Email), ("Mobile", staff.Mobile));

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
        List(Header + ".OtherInfo", "Appendixes", "Appendix", other.Appendixes);
        Close(Header + ".OtherInfo");
    }

    private void WriteTrace(TraceHeaderList trace)
    {
        Open("TraceHeaderList");
        if (trace.Business is { } business) WriteBusiness(business);
        for (var i = 0; i < trace.Hops.Count; i++) Group(Trace, i, "TraceHeader", ("OrganId", trace.Hops[i].OrganId), ("Timestamp", trace.Hops[i].Timestamp));
        Close(Trace);
    }

    private void WriteBusiness(Business business)
    {
        Open(names.Business);
        Text("DocumentId", business.DocumentId);
        Text(names.Business + "DocType", business.DocType);
        Text(names.Business + "DocReason", business.Reason);
        Text("Paper", business.Paper);
        if (business.DocumentInfo is not null || business.DocumentReceiver is not null || business.Receivers.Count > 0)
        {
            Open(names.Business + "DocumentInfo");
            Text("DocumentInfo", business.DocumentInfo);
            Text("DocumentReceiver", business.DocumentReceiver);
            WriteReceivers(business.Receivers);
            Close(InfoPath);
        }
        if (business.Replacements.Count > 0)
        {
            Open("ReplacementInfoList");
            for (var i = 0; i < business.Replacements.Count; i++)
            {
                Open("ReplacementInfo");
                Text("DocumentId", business.Replacements[i].DocumentId);
                List(ReplacementsPath + ".ReplacementInfo", "OrganIdList", "OrganId", business.Replacements[i].OrganIds, i);
                Close(ReplacementsPath + ".ReplacementInfo", i);
            }
            Close(ReplacementsPath);
        }
        for (var i = 0; i < business.Staff.Count; i++) WriteStaff(business.Staff[i], BusinessPath, i);
        Close(BusinessPath);
    }

    private void WriteReceivers(IReadOnlyList<ChangedReceiver> receivers)
    {
        if (receivers.Count == 0) return;
        Open("ReceiverList");
        for (var i = 0; i < receivers.Count; i++)
        {
            Group(InfoPath + ".ReceiverList", i, "Receiver", ("OrganId", receivers[i].OrganId), ("ReceiverType", receivers[i].ReceiverType));
        }
        Close(InfoPath + ".ReceiverList");
    }

    private void WriteManifest(IReadOnlyList<ManifestReference> manifest)
    {
        Open("edXMLBody");
        Open("edXMLManifest");
        xml.WriteAttributeString("version", "1.0");
        for (var i = 0; i < manifest.Count; i++)
        {
            Group(
                "edXMLManifest", i, "Reference", ("ContentId", manifest[i].ContentId), ("ContentType", manifest[i].ContentType), ("Description", manifest[i].Description),
                ("AttachmentName", manifest[i].AttachmentName));
        }
        Close("edXMLManifest");
        Close("edXMLBody");
    }

    private void Group(string parent, int ordinal, string name, params ReadOnlySpan<(string Name, string? Value)> children)
    {
        var path = unknown.Count == 0 ? "" : $"{parent}.{name}";
        var opened = false;
        foreach (var (child, value) in children)
        {
            if (string.IsNullOrEmpty(value)) continue;
            if (!opened) Open(name);
            opened = true;
            Text(child, value);
        }
        // From, To and TraceHeader are counted by their presence, also when nothing is in them.
        if (!opened && (name is "From" or "To" or "TraceHeader" or "Reference" || UnknownElements.Any(unknown, path, ordinal)))
        {
            Open(name);
            opened = true;
        }
        if (opened) Close(path, ordinal);
    }

    private void List(string parent, string name, string item, IReadOnlyList<string> values, int ordinal = 0)
    {
        var path = unknown.Count == 0 ? "" : $"{parent}.{name}";
        if (values.Count == 0 && !UnknownElements.Any(unknown, path, ordinal)) return;
        Open(name);
        foreach (var value in values) Text(item, value);
        Close(path, ordinal);
    }

    private void Text(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) xml.WriteElementString(EdxmlNames.Prefix, name, names.Namespace, value);
    }

    private void Open(string name) => xml.WriteStartElement(EdxmlNames.Prefix, name, names.Namespace);

    /// <summary>Ends an element after what a vendor put into it.</summary>
    private void Close(string path, int ordinal = 0)
    {
        if (unknown.Count > 0) UnknownElements.Write(xml, unknown, path, ordinal);
        xml.WriteEndElement();
    }
}
