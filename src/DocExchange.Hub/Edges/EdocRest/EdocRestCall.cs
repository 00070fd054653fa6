using System.Globalization;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;
using DocExchange.Hub.Edges.Edoc;

namespace DocExchange.Hub.Edges.EdocRest;

/// <summary>One authenticated call. Its values stand in headers, whose names may be in any case.</summary>
public sealed record EdocRestCall(HttpContext Http, EdocRestOperation Operation, EdocCaller Caller)
{
    public const string OrganId = "organId";
    public const string Type = "type";
    public const string HashEdoc = "hash-edoc";
    private const string DocIdName = "docId";

    public CancellationToken Cancelled => Http.RequestAborted;

    public string? Hash => Header(HashEdoc);

    /// <summary>As written; for answers.</summary>
    public string? DocIdText => Header(DocIdName);

    /// <summary>Null for what is no number: no document has it.</summary>
    public long? DocId => long.TryParse(DocIdText, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>EDOC or STATUS; anything else is refused, never guessed from the content.</summary>
    public Problem? ReadKind(out MessageKind kind)
    {
        var word = Header(Type);
        kind = "STATUS".Equals(word, StringComparison.OrdinalIgnoreCase) ? MessageKind.Status : MessageKind.Document;
        if (word is null) return new Problem(ProblemCatalogue.RequestIncomplete, Type);
        return kind == MessageKind.Status || word.Equals("EDOC", StringComparison.OrdinalIgnoreCase)
            ? null
            : new Problem(ProblemCatalogue.ProtocolWordUnknown, Type, word, "EDOC, STATUS");
    }

    private string? Header(string name) => Http.Request.Headers[name].ToString().Trim() is { Length: > 0 } value ? value : null;
}

/// <param name="Name">Last part of the address.</param>
/// <param name="ErrorCode">What this dialect calls a failure of this operation that it has no other word for.</param>
public sealed record EdocRestOperation(string Name, string ErrorCode, IReadOnlyList<string> Methods, Func<EdocRestCall, Task> Run)
{
    public const string SendDocument = "sendDocument";
    public const string GetPendingDocIds = "getPendingDocIds";
    public const string GetDocument = "getDocument";
    public const string ConfirmReceived = "confirmReceived";
    public const string GetOrganizations = "getOrganizations";
    public const string CheckExistDocument = "checkExistDocument";
}
