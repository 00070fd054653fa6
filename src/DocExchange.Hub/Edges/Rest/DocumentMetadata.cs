using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Core;
using DocExchange.Core.Envelopes;

namespace DocExchange.Hub.Edges.Rest;

/// <summary>The part named <c>metadata</c>: the header of a document as JSON. Everything else about the package follows from it and the files.</summary>
/// <param name="DocumentId">Without one, an Idempotency-Key is required and the id is made from it.</param>
/// <param name="SentAt">When the sender let go of it; the hub's clock has no part in the package.</param>
/// <param name="BusinessType">0 new, 1 recall, 2 update, 3 replacement.</param>
/// <param name="EarlierDocumentId">For an update, the document updated.</param>
public sealed record DocumentMetadata(
    PartyView From, IReadOnlyList<PartyView> To, string Number, string Notation, string Place, DateOnly Date, string Type, string TypeName,
    string Subject, string Content, SignerView Signer, DateTimeOffset SentAt, DateOnly? DueDate = null, int Priority = 0, int? Pages = null, int BusinessType = 0,
    string? BusinessReason = null, string? EarlierDocumentId = null, bool Paper = false, string? DocumentId = null)
{
    public IReadOnlyList<ReferenceView> ResponseFor { get; init; } = [];

    public IReadOnlyList<ReplacementView> Replaces { get; init; } = [];

    public IReadOnlyList<string> ToPlaces { get; init; } = [];

    /// <summary>A pure function of the request.</summary>
    public Envelope ToEnvelope(string? key) => new()
    {
        Kind = MessageKind.Document,
        From = From.ToOrgan(),
        To = [.. To.Select(t => t.ToOrgan())],
        DocumentId = DocumentId ?? IdFrom(key ?? ""),
        CodeNumber = Number,
        CodeNotation = Notation,
        Place = Place,
        PromulgationDate = Written(Date),
        Type = Type,
        TypeName = TypeName,
        Subject = Subject,
        Content = Content,
        SignerInfo = new Signer(Signer.Competence, Signer.Position, Signer.FullName),
        DueDate = DueDate is { } due ? Written(due) : null,
        OtherInfo = new OtherInfo(Priority.ToString(CultureInfo.InvariantCulture), PageAmount: Pages?.ToString(CultureInfo.InvariantCulture)),
        ResponseFor = [.. ResponseFor.Select(r => new Reference(r.Agency, r.Code, Written(r.Date), r.DocumentId))],
        ToPlaces = ToPlaces,
        Trace = new TraceHeaderList([new TraceHeader(From.Code, VietnamTime.Write(SentAt))],
            new Business(BusinessType.ToString(CultureInfo.InvariantCulture), BusinessReason, Paper ? "1" : "0", EarlierDocumentId)
            {
                Replacements = [.. Replaces.Select(r => new ReplacementInfo(r.DocumentId, r.Receivers))],
            }),
    };

    /// <summary>The same key of the same sender gives the same id, for ever.</summary>
    private string IdFrom(string key) => $"{From.Code},{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{From.Code}\n{key}")).AsSpan(0, 16))}";

    private static string Written(DateOnly date) => date.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture);
}

/// <summary>An organisation as the package names it.</summary>
public sealed record PartyView(
    string Code, string Name, string? InCharge = null, string? Address = null, string? Email = null, string? Telephone = null, string? Fax = null, string? Website = null)
{
    public Organ ToOrgan() => new(Code, InCharge, Name, Address, Email, Telephone, Fax, Website);
}

public sealed record SignerView(string FullName, string? Competence = null, string? Position = null);

/// <summary>An earlier document this one answers or recalls.</summary>
public sealed record ReferenceView(string Agency, string Code, DateOnly Date, string DocumentId);

public sealed record ReplacementView(string DocumentId, IReadOnlyList<string> Receivers);
