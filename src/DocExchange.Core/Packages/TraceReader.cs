using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Packages;

/// <summary>
/// TraceHeaderList: the hops and the Bussiness element, before or after them. The reference library models BussinessDocumentInfo,
/// ReplacementInfoList and StaffInfo as repeatable and tolerates Paper outside Bussiness; "Business" with one s occurs (edxml 1.2).
/// </summary>
internal sealed class TraceReader(SafeXml xml, PackageNotes notes, UnknownElements unknown) : ElementReader(xml, notes, unknown)
{
    private const string Root = "MessageHeader.TraceHeaderList";
    private const string BusinessPath = "MessageHeader.TraceHeaderList.Bussiness";
    private const string InfoPath = "MessageHeader.TraceHeaderList.Bussiness.BussinessDocumentInfo";
    private const string ReplacementsPath = "MessageHeader.TraceHeaderList.Bussiness.ReplacementInfoList";
    private readonly List<TraceHeader> _hops = [];
    private readonly List<ChangedReceiver> _receivers = [];
    private readonly List<ReplacementInfo> _replacements = [];
    private readonly List<StaffInfo> _staff = [];
    private Seen _seen;
    private Seen _inBusiness;
    private Seen _inInfo;
    private bool _hasBusiness;
    private string? _docType, _reason, _paper, _outerPaper, _documentId, _documentInfo, _documentReceiver;

    public TraceHeaderList Read()
    {
        for (var at = Open(); Next(at);)
        {
            switch (Xml.Name)
            {
                case "TraceHeader": _hops.Add(ReadHop(_hops.Count)); break;
                case "Bussiness" or "Business":
                    _hasBusiness = true;
                    if (Once(ref _seen, 0, Root, "Bussiness")) ReadBusiness();
                    break;
                case "Paper": _outerPaper = Text(ref _seen, 1, Root, "Paper", _outerPaper); break;
                default: Keep(Root); break;
            }
        }
        return new TraceHeaderList(_hops, !_hasBusiness ? null : new Business(_docType, _reason, _paper ?? _outerPaper, _documentId)
        {
            DocumentInfo = _documentInfo,
            DocumentReceiver = _documentReceiver,
            Receivers = _receivers,
            Replacements = _replacements,
            Staff = _staff,
        });
    }

    private TraceHeader ReadHop(int ordinal)
    {
        const string Path = "MessageHeader.TraceHeaderList.TraceHeader";
        var seen = default(Seen);
        string? organ = null, time = null;
        for (var at = Open(); Next(at);)
        {
            switch (Xml.Name)
            {
                case "OrganId": organ = Text(ref seen, 0, Path, "OrganId", organ, ordinal); break;
                case "Timestamp": time = Text(ref seen, 1, Path, "Timestamp", time, ordinal); break;
                default: Keep(Path, ordinal); break;
            }
        }
        return new TraceHeader(organ, time);
    }

    private void ReadBusiness()
    {
        for (var at = Open(); Next(at);)
        {
            switch (Xml.Name)
            {
                case "BussinessDocType" or "BusinessDocType": _docType = Text(ref _inBusiness, 0, BusinessPath, "BussinessDocType", _docType); break;
                case "BussinessDocReason" or "BusinessDocReason": _reason = Text(ref _inBusiness, 1, BusinessPath, "BussinessDocReason", _reason); break;
                case "Paper": _paper = Text(ref _inBusiness, 2, BusinessPath, "Paper", _paper); break;
                case "DocumentId": _documentId = Text(ref _inBusiness, 3, BusinessPath, "DocumentId", _documentId); break;
                case "BussinessDocumentInfo" or "BusinessDocumentInfo": ReadInfo(); break;
                case "ReplacementInfoList": ReadReplacements(); break;
                case "StaffInfo": _staff.Add(Staff("MessageHeader.TraceHeaderList.Bussiness.StaffInfo", _staff.Count)); break;
                default: Keep(BusinessPath); break;
            }
        }
    }

    private void ReadInfo()
    {
        for (var at = Open(); Next(at);)
        {
            switch (Xml.Name)
            {
                case "DocumentInfo": _documentInfo = Text(ref _inInfo, 0, InfoPath, "DocumentInfo", _documentInfo); break;
                case "DocumentReceiver": _documentReceiver = Text(ref _inInfo, 1, InfoPath, "DocumentReceiver", _documentReceiver); break;
                case "ReceiverList":
                    for (var list = Open(); Next(list);)
                    {
                        if (Xml.Name == "Receiver") _receivers.Add(ReadReceiver(_receivers.Count));
                        else Keep(InfoPath + ".ReceiverList");
                    }
                    break;
                default: Keep(InfoPath); break;
            }
        }
    }

    private ChangedReceiver ReadReceiver(int ordinal)
    {
        const string Path = "MessageHeader.TraceHeaderList.Bussiness.BussinessDocumentInfo.ReceiverList.Receiver";
        var seen = default(Seen);
        string? organ = null, type = null;
        for (var at = Open(); Next(at);)
        {
            switch (Xml.Name)
            {
                case "OrganId": organ = Text(ref seen, 0, Path, "OrganId", organ, ordinal); break;
                case "ReceiverType": type = Text(ref seen, 1, Path, "ReceiverType", type, ordinal); break;
                default: Keep(Path, ordinal); break;
            }
        }
        return new ChangedReceiver(organ, type);
    }

    private void ReadReplacements()
    {
        const string Path = ReplacementsPath + ".ReplacementInfo";
        for (var list = Open(); Next(list);)
        {
            if (Xml.Name != "ReplacementInfo")
            {
                Keep(ReplacementsPath);
                continue;
            }
            var seen = default(Seen);
            string? id = null;
            List<string> organs = [];
            for (var at = Open(); Next(at);)
            {
                switch (Xml.Name)
                {
                    case "DocumentId": id = Text(ref seen, 0, Path, "DocumentId", id, _replacements.Count); break;
                    case "OrganIdList": if (Once(ref seen, 1, Path, "OrganIdList", _replacements.Count)) organs = Texts(Path, "OrganId", Path + ".OrganIdList", _replacements.Count); break;
                default: Keep(Path, _replacements.Count); break;
                }
            }
            _replacements.Add(new ReplacementInfo(id, organs));
        }
    }
}
