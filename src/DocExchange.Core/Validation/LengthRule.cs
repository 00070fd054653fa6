using System.Globalization;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Parties;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Validation;

/// <summary>
/// Lengths in characters. Number, notation, subject and organisation names are refused under both profiles, since receivers store them in
/// columns of that size; other long texts are refused from agencies and warned about from peers. Nothing is ever cut.
/// </summary>
public sealed class LengthRule : IRule
{
    public void Check(Envelope envelope, RuleContext context, Findings findings)
    {
        var limits = context.Limits;
        var check = new Checker(context, findings);
        CheckOrgan(envelope.From, HeaderPaths.From, 0, limits, check);
        for (var i = 0; i < envelope.To.Count; i++) CheckOrgan(envelope.To[i], HeaderPaths.To, i, limits, check);
        CheckHeader(envelope, limits, check);
        for (var i = 0; i < envelope.ResponseFor.Count; i++)
            check.Minor(envelope.ResponseFor[i].DocumentId, limits.DocumentId, HeaderPaths.ResponseForDocumentId, i);
        if (envelope.Trace?.Business is { } business) CheckBusiness(business, limits, check);
        if (envelope.Status is not { } status) return;
        if (status.Staff is { } staff) CheckStaff(staff, HeaderPaths.ReportingStaff, 0, limits, check);
        if (IsLonger(status.Description, limits.StatusDescription)) findings.Warn("description-long", HeaderPaths.Description);
    }

    /// <summary>
    /// Whether a text has more characters than the limit. A letter with its marks is one character, also when the writer spells the marks
    /// as code points of their own; characters outside the basic plane count once.
    /// </summary>
    internal static bool IsLonger(string? text, int limit)
    {
        if (text is null || text.Length <= limit) return false;
        var characters = 0;
        foreach (var c in text)
        {
            if (!char.IsLowSurrogate(c) && c is not (>= '\u0300' and <= '\u036F')) characters++;
        }
        return characters > limit;
    }

    private static void CheckOrgan(Organ organ, OrganPaths paths, int ordinal, LengthLimits limits, Checker check)
    {
        check.Minor(organ.OrganizationInCharge, limits.OrganizationInCharge, paths.OrganizationInCharge, ordinal);
        check.Major(organ.OrganName, limits.OrganName, paths.OrganName, ordinal);
        check.Minor(organ.OrganAdd, limits.OrganAdd, paths.OrganAdd, ordinal);
        check.Minor(organ.Email, limits.Email, paths.Email, ordinal);
        check.Minor(organ.Telephone, limits.Telephone, paths.Telephone, ordinal);
        check.Minor(organ.Fax, limits.Fax, paths.Fax, ordinal);
        check.Minor(organ.Website, limits.Website, paths.Website, ordinal);
    }

    private static void CheckHeader(Envelope envelope, LengthLimits limits, Checker check)
    {
        check.Major(envelope.CodeNumber, limits.CodeNumber, HeaderPaths.CodeNumber);
        check.Major(envelope.CodeNotation, limits.CodeNotation, HeaderPaths.CodeNotation);
        check.Minor(envelope.Place, limits.PromulgationPlace, HeaderPaths.Place);
        check.Minor(envelope.TypeName, limits.TypeName, HeaderPaths.TypeName);
        check.Major(envelope.Subject, limits.Subject, HeaderPaths.Subject);
        check.Minor(envelope.Content, limits.Content, HeaderPaths.Content);
        check.Minor(envelope.DocumentId, limits.DocumentId, HeaderPaths.DocumentId);
        if (envelope.SignerInfo is { } signer)
        {
            check.Minor(signer.Competence, limits.Competence, HeaderPaths.Competence);
            check.Minor(signer.Position, limits.Position, HeaderPaths.Position);
            check.Minor(signer.FullName, limits.FullName, HeaderPaths.FullName);
        }
        for (var i = 0; i < envelope.ToPlaces.Count; i++) check.Minor(envelope.ToPlaces[i], limits.ToPlace, HeaderPaths.ToPlace, i);
        if (envelope.OtherInfo is not { } other) return;
        check.Minor(other.SphereOfPromulgation, limits.SphereOfPromulgation, HeaderPaths.Sphere);
        check.Minor(other.TyperNotation, limits.TyperNotation, HeaderPaths.TyperNotation);
    }

    private static void CheckBusiness(Business business, LengthLimits limits, Checker check)
    {
        check.Minor(business.Reason, limits.BusinessReason, HeaderPaths.BusinessReason);
        check.Minor(business.DocumentId, limits.DocumentId, HeaderPaths.BusinessDocumentId);
        for (var i = 0; i < business.Replacements.Count; i++)
            check.Minor(business.Replacements[i].DocumentId, limits.DocumentId, HeaderPaths.ReplacedDocumentId, i);
        for (var i = 0; i < business.Staff.Count; i++) CheckStaff(business.Staff[i], HeaderPaths.BusinessStaff, i, limits, check);
    }

    private static void CheckStaff(StaffInfo staff, StaffPaths paths, int ordinal, LengthLimits limits, Checker check)
    {
        check.Minor(staff.Department, limits.Department, paths.Department, ordinal);
        check.Minor(staff.Staff, limits.Staff, paths.Staff, ordinal);
        check.Minor(staff.Email, limits.Email, paths.Email, ordinal);
        check.Minor(staff.Mobile, limits.Mobile, paths.Mobile, ordinal);
    }

    private readonly struct Checker(RuleContext context, Findings findings)
    {
        public void Major(string? text, int limit, string path, int ordinal = 0)
        {
            if (!IsLonger(text, limit)) return;
            if (context.Profile == Profile.Peer && context.Settings.TolerateLongTextsFromPeers) findings.Warn("text-too-long", path);
            else findings.Refuse(Finding(limit, path, ordinal));
        }

        public void Minor(string? text, int limit, string path, int ordinal = 0)
        {
            if (IsLonger(text, limit)) findings.RefuseFromAgency(Finding(limit, path, ordinal), "text-too-long");
        }

        private static Problem Finding(int limit, string path, int ordinal) =>
            new(ProblemCatalogue.ValueTooLong, path, Limit: limit.ToString(CultureInfo.InvariantCulture), Ordinal: ordinal);
    }
}
