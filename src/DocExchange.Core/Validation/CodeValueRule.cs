using System.Globalization;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Validation;

/// <summary>
/// Values of closed lists (edXML 2.0 code lists). Refused under both profiles, because a receiver could only guess. DocumentType/Type,
/// TypeDetail and SteeringType are not closed: real systems disagree about them, and nothing depends on them.
/// </summary>
public sealed class CodeValueRule : IRule
{
    private const string Flag = "0, 1";
    private const string Amount = "0, 1, 2, …";

    public void Check(Envelope envelope, RuleContext context, Findings findings)
    {
        if (envelope.OtherInfo is { } other)
        {
            var highest = !context.IsStrict && context.Settings.PriorityFiveIsNormal ? 5 : 4;
            CheckRange(other.Priority, highest, "0, 1, 2, 3, 4", HeaderPaths.Priority, 0, findings);
            CheckRange(other.PromulgationAmount, int.MaxValue, Amount, HeaderPaths.PromulgationAmount, 0, findings);
            CheckRange(other.PageAmount, int.MaxValue, Amount, HeaderPaths.PageAmount, 0, findings);
        }
        if (envelope.Trace?.Business is not { } business) return;
        CheckBusinessType(business.DocType, findings);
        CheckRange(business.Paper, 1, Flag, HeaderPaths.Paper, 0, findings);
        CheckRange(business.DocumentInfo, 1, Flag, HeaderPaths.ContentChanged, 0, findings);
        CheckRange(business.DocumentReceiver, 1, Flag, HeaderPaths.ReceiversChanged, 0, findings);
        for (var i = 0; i < business.Receivers.Count; i++)
            CheckRange(business.Receivers[i].ReceiverType, 1, Flag, HeaderPaths.ReceiverType, i, findings);
    }

    // A missing or unreadable type counts as a new document, as other hubs read it; a number nobody knows is refused.
    private static void CheckBusinessType(string? text, Findings findings)
    {
        if (!IsNumber(text))
        {
            findings.Warn("business-type-unreadable", HeaderPaths.BusinessType, text);
            return;
        }
        CheckRange(text, 3, "0, 1, 2, 3", HeaderPaths.BusinessType, 0, findings);
    }

    private static void CheckRange(string? text, int highest, string allowed, string path, int ordinal, Findings findings)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) || value < 0 || value > highest)
            findings.Refuse(new Problem(ProblemCatalogue.ValueNotAllowed, path, text, allowed, ordinal));
    }

    private static bool IsNumber(string? text)
    {
        if (string.IsNullOrEmpty(text)) return false;
        var digits = text.AsSpan(text[0] is '-' or '+' ? 1 : 0);
        return digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9');
    }
}
