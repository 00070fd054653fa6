using DocExchange.Core.Parties;

namespace DocExchange.Hub.Edges.EdocSoap;

/// <summary>The directory as this dialect reads it, and its question whether a token is still good.</summary>
internal sealed class EdocSoapDirectory(TimeProvider time)
{
    /// <summary>Every organisation that can be addressed; sent as it is written, because a directory of national size is long.</summary>
    public async Task ListAsync(EdocSoapCall call)
    {
        var directory = call.Caller.Parties.Directory;
        var now = time.GetUtcNow();
        using var answer = EdocSoapAnswer.Begin(call);
        answer.Open("Organizations");
        foreach (var agency in directory.All)
        {
            if (!agency.IsValidAt(now)) continue;
            Write(answer, agency, agency.ParentId is { } parent ? directory.Find(parent) : null);
            await answer.FlushAsync().ConfigureAwait(false);
        }
        await answer.EndAsync().ConfigureAwait(false);
    }

    /// <summary>The edge has decided already.</summary>
    public static Task CheckAsync(EdocSoapCall call) => EdocSoapAnswer.ReportAsync(call);

    private static void Write(EdocSoapAnswer answer, Agency agency, Agency? parent)
    {
        answer.Open("Organization");
        answer.Text("OrganId", agency.Code);
        answer.Text("OrganizationInCharge", parent?.Name);
        answer.Text("OrganName", agency.Name);
        answer.Text("OrganAdd", null);
        answer.Text("Email", agency.Mail);
        answer.Text("Telephone", null);
        answer.Text("Fax", null);
        answer.Text("Website", null);
        answer.Xml.WriteEndElement();
    }
}
