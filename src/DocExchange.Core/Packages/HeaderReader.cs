using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Packages;

/// <summary>MessageHeader of documents and of status packages, in any order of elements (edxml 1.2, 1.9).</summary>
internal sealed class HeaderReader(SafeXml xml, PackageNotes notes, UnknownElements unknown) : ElementReader(xml, notes, unknown)
{
    private const string Root = "MessageHeader";
    private readonly List<Organ> _to = [];
    private readonly List<Reference> _responseFor = [];
    private Seen _seen;
    private Organ _from = Organ.None;
    private string? _documentId, _number, _notation, _place, _date, _type, _typeDetail, _typeName, _subject, _content, _dueDate, _steering, _application;
    private string? _statusCode, _description, _timestamp;
    private bool _hasStatusCode;
    private StaffInfo? _staff;
    private Signer? _signer;
    private OtherInfo? _other;
    private List<string> _toPlaces = [], _tasks = [];

    /// <summary>What sets a status package apart is its StatusCode; without one, that it has nothing a document needs.</summary>
    public bool LooksLikeStatus => _hasStatusCode || (_to.Count == 0 && _subject is null && (_responseFor.Count > 0 || _timestamp is not null));

    public bool HasStatusCode => _hasStatusCode;

    public void Read()
    {
        for (var at = Open(); Next(at);)
        {
            ReadChild(Xml.Name);
        }
    }

    public Envelope Build(MessageKind kind) => new()
    {
        Kind = kind,
        From = _from,
        To = _to,
        DocumentId = _documentId,
        CodeNumber = _number,
        CodeNotation = _notation,
        Place = _place,
        PromulgationDate = _date,
        Type = _type,
        TypeDetail = _typeDetail,
        TypeName = _typeName,
        Subject = _subject,
        Content = _content,
        SignerInfo = _signer,
        DueDate = _dueDate,
        ToPlaces = _toPlaces,
        OtherInfo = _other,
        ResponseFor = _responseFor,
        SteeringType = _steering,
        TaskCodes = _tasks,
        ApplicationType = _application,
        Status = kind == MessageKind.Status ? new StatusReport(_statusCode, _description, _timestamp, _staff) : null,
    };

    private void ReadChild(string name)
    {
        switch (name)
        {
            case "From": if (Once(ref _seen, 0, Root, name)) _from = ReadOrgan("MessageHeader.From", 0); break;
            case "To": _to.Add(ReadOrgan("MessageHeader.To", _to.Count)); break;
            case "DocumentId": _documentId = Text(ref _seen, 1, Root, name, _documentId); break;
            case "Code": if (Once(ref _seen, 2, Root, name)) ReadCode(); break;
            case "PromulgationInfo": if (Once(ref _seen, 3, Root, name)) ReadPromulgation(); break;
            case "DocumentType": if (Once(ref _seen, 4, Root, name)) ReadType(); break;
            case "Subject": _subject = Text(ref _seen, 5, Root, name, _subject); break;
            case "Content": _content = Text(ref _seen, 6, Root, name, _content); break;
            case "SignerInfo": if (Once(ref _seen, 7, Root, name)) ReadSigner(); break;
            case "DueDate": _dueDate = Text(ref _seen, 8, Root, name, _dueDate); break;
            case "ToPlaces": if (Once(ref _seen, 9, Root, name)) _toPlaces = Texts("MessageHeader.ToPlaces", "Place"); break;
            case "OtherInfo": if (Once(ref _seen, 10, Root, name)) ReadOther(); break;
            case "ResponseFor": ReadResponseFor(); break;
            case "SteeringType": _steering = Text(ref _seen, 11, Root, name, _steering); break;
            case "ResponseForTask": if (Once(ref _seen, 12, Root, name)) _tasks = Texts("MessageHeader.ResponseForTask", "TaskCode"); break;
            case "ApplicationType": _application = Text(ref _seen, 13, Root, name, _application); break;
            case "StatusCode":
                _hasStatusCode = true;
                _statusCode = Text(ref _seen, 14, Root, name, _statusCode);
                break;
            case "Description": _description = Text(ref _seen, 15, Root, name, _description); break;
            case "Timestamp": _timestamp = Text(ref _seen, 16, Root, name, _timestamp); break;
            case "StaffInfo": if (Once(ref _seen, 17, Root, name)) _staff = Staff("MessageHeader.StaffInfo"); break;
            default: Keep(Root); break;
        }
    }

    private Organ ReadOrgan(string path, int ordinal)
    {
        var seen = default(Seen);
        string? id = null, charge = null, name = null, address = null, email = null, telephone = null, fax = null, website = null;
        for (var at = Open(); Next(at);)
        {
            switch (Xml.Name)
            {
                case "OrganId": id = Text(ref seen, 0, path, "OrganId", id, ordinal); break;
                case "OrganizationInCharge": charge = Text(ref seen, 1, path, "OrganizationInCharge", charge, ordinal); break;
                case "OrganName": name = Text(ref seen, 2, path, "OrganName", name, ordinal); break;
                case "OrganAdd": address = Text(ref seen, 3, path, "OrganAdd", address, ordinal); break;
                case "Email": email = Text(ref seen, 4, path, "Email", email, ordinal); break;
                case "Telephone": telephone = Text(ref seen, 5, path, "Telephone", telephone, ordinal); break;
                case "Fax": fax = Text(ref seen, 6, path, "Fax", fax, ordinal); break;
                case "Website": website = Text(ref seen, 7, path, "Website", website, ordinal); break;
                default: Keep(path, ordinal); break;
            }
        }
        return new Organ(id, charge, name, address, email, telephone, fax, website);
    }

    private void ReadCode()
    {
        var seen = default(Seen);
        for (var at = Open(); Next(at);)
        {
            switch (Xml.Name)
            {
                case "CodeNumber": _number = Text(ref seen, 0, "MessageHeader.Code", "CodeNumber", _number); break;
                case "CodeNotation": _notation = Text(ref seen, 1, "MessageHeader.Code", "CodeNotation", _notation); break;
                default: Keep("MessageHeader.Code"); break;
            }
        }
    }

    private void ReadPromulgation()
    {
        var seen = default(Seen);
        for (var at = Open(); Next(at);)
        {
            switch (Xml.Name)
            {
                case "Place": _place = Text(ref seen, 0, "MessageHeader.PromulgationInfo", "Place", _place); break;
                case "PromulgationDate": _date = Text(ref seen, 1, "MessageHeader.PromulgationInfo", "PromulgationDate", _date); break;
                default: Keep("MessageHeader.PromulgationInfo"); break;
            }
        }
    }

    private void ReadType()
    {
        var seen = default(Seen);
        for (var at = Open(); Next(at);)
        {
            switch (Xml.Name)
            {
                case "Type": _type = Text(ref seen, 0, "MessageHeader.DocumentType", "Type", _type); break;
                case "TypeDetail": _typeDetail = Text(ref seen, 1, "MessageHeader.DocumentType", "TypeDetail", _typeDetail); break;
                case "TypeName": _typeName = Text(ref seen, 2, "MessageHeader.DocumentType", "TypeName", _typeName); break;
                default: Keep("MessageHeader.DocumentType"); break;
            }
        }
    }

    private void ReadSigner()
    {
        var seen = default(Seen);
        string? competence = null, position = null, fullName = null;
        for (var at = Open(); Next(at);)
        {
            switch (Xml.Name)
            {
                case "Competence": competence = Text(ref seen, 0, "MessageHeader.SignerInfo", "Competence", competence); break;
                case "Position": position = Text(ref seen, 1, "MessageHeader.SignerInfo", "Position", position); break;
                case "FullName": fullName = Text(ref seen, 2, "MessageHeader.SignerInfo", "FullName", fullName); break;
                default: Keep("MessageHeader.SignerInfo"); break;
            }
        }
        _signer = new Signer(competence, position, fullName);
    }

    private void ReadOther()
    {
        const string Path = "MessageHeader.OtherInfo";
        var seen = default(Seen);
        string? priority = null, sphere = null, typer = null, amount = null, pages = null, direction = null, replies = null, references = null;
        List<string> appendixes = [];
        for (var at = Open(); Next(at);)
        {
            switch (Xml.Name)
            {
                case "Priority": priority = Text(ref seen, 0, Path, "Priority", priority); break;
                case "SphereOfPromulgation": sphere = Text(ref seen, 1, Path, "SphereOfPromulgation", sphere); break;
                case "TyperNotation": typer = Text(ref seen, 2, Path, "TyperNotation", typer); break;
                case "PromulgationAmount": amount = Text(ref seen, 3, Path, "PromulgationAmount", amount); break;
                case "PageAmount": pages = Text(ref seen, 4, Path, "PageAmount", pages); break;
                case "Direction": direction = Text(ref seen, 5, Path, "Direction", direction); break;
                case "ReplyFors": replies = Text(ref seen, 6, Path, "ReplyFors", replies); break;
                case "ReferenceCodes": references = Text(ref seen, 7, Path, "ReferenceCodes", references); break;
                case "Appendixes":
                    if (Once(ref seen, 8, Path, "Appendixes")) appendixes = Texts("MessageHeader.OtherInfo.Appendixes", "Appendix");
                    break;
                default: Keep(Path); break;
            }
        }
        _other = new OtherInfo(priority, sphere, typer, amount, pages, direction, replies, references) { Appendixes = appendixes };
    }

    private void ReadResponseFor()
    {
        const string Path = "MessageHeader.ResponseFor";
        var seen = default(Seen);
        var (ordinal, kept) = (_responseFor.Count, Unknown.Kept.Count);
        string? organ = null, code = null, date = null, id = null;
        for (var at = Open(); Next(at);)
        {
            switch (Xml.Name)
            {
                case "OrganId": organ = Text(ref seen, 0, Path, "OrganId", organ, ordinal); break;
                case "Code": code = Text(ref seen, 1, Path, "Code", code, ordinal); break;
                case "PromulgationDate": date = Text(ref seen, 2, Path, "PromulgationDate", date, ordinal); break;
                case "DocumentId": id = Text(ref seen, 3, Path, "DocumentId", id, ordinal); break;
                default: Keep(Path, ordinal); break;
            }
        }
        // The axis of 2019 writes an empty element where there is nothing to answer (edxml 1.2).
        if ((organ ?? code ?? date ?? id) is not null) _responseFor.Add(new Reference(organ, code, date, id));
        else Unknown.Uncount(kept);
    }
}
