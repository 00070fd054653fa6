namespace DocExchange.Hub.Edges.EdocSoap;

/// <summary>One operation of the dialect.</summary>
/// <param name="Name">The SOAPAction, and with <c>Response</c> behind it the element of the answer.</param>
/// <param name="Bodies">Children of the SOAP body that ask for it, should the action be missing; one that asks for another is a contradiction.</param>
/// <param name="ErrorCode">What this dialect calls a failure that it has no other word for.</param>
/// <param name="IsSubmission">It hands in a document or a status, so a refusal of it is one of a submission.</param>
/// <param name="Run">Reads the rest of the message and answers.</param>
internal sealed record EdocSoapOperation(string Name, IReadOnlyList<string> Bodies, string ErrorCode, bool IsSubmission, Func<EdocSoapCall, Task> Run);
