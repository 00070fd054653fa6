using DocExchange.Core.Signing.Verdicts;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Clerk.Markup;

namespace DocExchange.Hub.Clerk.Documents;

/// <summary>What the document's signatures are worth, in words a clerk can act on.</summary>
internal static class SignatureSection
{
    public static Html Of(Visit visit, DocumentTrack track) => track.LaterSignatures is { } later ? Of(visit, later.Read(), Before(visit, track))
        : track.Verdict is { } verdict ? Of(visit, verdict, Html.Nothing) : Html.Nothing;

    private static Html Of(Visit visit, DocumentVerdict verdict, Html before) => Html.Of($"""
        <section aria-labelledby="signatures"><h2 id="signatures">{visit.Say("Chữ ký số", "Signatures")} <span class="count">{verdict.Signatures.Count}</span></h2>
        <p class="notice {Colour(verdict.Class)}"><strong>{visit.Say(verdict.Class.Vietnamese, verdict.Class.English)}</strong></p>
        {before}{Remarks(visit, verdict.Remarks)}
        {Html.When(verdict.Signatures.Count > 0, () => Html.Of($"""
            <table><thead><tr><th scope="col">{visit.Say("Người ký", "Signer")}</th><th scope="col">{visit.Say("Tệp", "File")}</th><th scope="col">{visit.Say("Thời gian ký", "Signed at")}</th><th scope="col">{visit.Say("Giá trị", "Worth")}</th></tr></thead>
            <tbody>{verdict.Signatures.Select(s => Row(visit, s))}</tbody></table>
            """))}
        {Html.When(verdict.WithoutSignature.Count > 0, () => Html.Of($"""
            <p>{visit.Say("Tệp không có chữ ký số", "Files without a signature")}</p><ul class="said">{verdict.WithoutSignature.Select(name => Html.Of($"<li>{name}</li>"))}</ul>
            """))}
        </section>
        """);

    /// <summary>The receipt still says what was known then: both must be seen.</summary>
    private static Html Before(Visit visit, DocumentTrack track) => track.Verdict is not { } first ? Html.Nothing : Html.Of($"""
        <p class="said">{visit.Say($"Đã kiểm tra lại sau khi có thông tin về chứng thư số. Khi tiếp nhận: {first.Class.Vietnamese}.", $"Judged again when more was known of the certificates. When it was accepted: {first.Class.English}.")}</p>
        """);

    private static Html Row(Visit visit, SignatureVerdict signature) => Html.Of($"""
        <tr><th scope="row">{signature.Signer ?? visit.Say("(không rõ)", "(unknown)")}<p class="said">{Role(visit, signature)}</p></th><td>{signature.File ?? ""}</td>
        <td>{Html.When(signature.SignedAt is not null, () => Visit.TimeElement(signature.SignedAt!.Value))}</td>
        <td>{visit.Say(signature.Class.Vietnamese, signature.Class.English)}{Remarks(visit, signature.Remarks)}</td></tr>
        """);

    private static string Role(Visit visit, SignatureVerdict signature) => string.Join(" · ", new[]
    {
        signature.Role switch
        {
            SignerRole.Person => visit.Say("cá nhân", "person"),
            SignerRole.Organisation => visit.Say("cơ quan, tổ chức", "organisation"),
            SignerRole.TimeStamp => visit.Say("dấu thời gian", "time-stamp"),
            _ => "",
        },
        signature.Organisation ?? "",
        signature.Issuer ?? "",
    }.Where(part => part.Length > 0));

    private static Html Remarks(Visit visit, IReadOnlyList<Remark> remarks) => Html.When(remarks.Count > 0,
        () => Html.Of($"""<ul class="said">{remarks.Select(r => Html.Of($"<li>{visit.Say(r.Vietnamese, r.English)}</li>"))}</ul>"""));

    private static string Colour(LegalClass legal) => legal == LegalClass.LegallySigned ? "good" : legal == LegalClass.Broken ? "bad" : "note";
}
