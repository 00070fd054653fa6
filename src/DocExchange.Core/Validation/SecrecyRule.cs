using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Validation;

/// <summary>
/// Documents of state secrecy must not pass (QĐ 28/2018 art. 1.2). A mark counts as the whole value or as a part between delimiters of a
/// field that carries marks rather than sentences: type name, circulation scope, typist's mark, priority, number and notation. Subject,
/// content, the signer's authority mark (TM., KT., ...), reasons, appendix titles and the codes of other documents are sentences or not this
/// document's: words there are not marks (bảo mật, mật độ).
/// </summary>
public sealed class SecrecyRule : IRule
{
    public void Check(Envelope envelope, RuleContext context, Findings findings)
    {
        var marks = context.Settings.CompiledMarks;
        CheckField(envelope.CodeNumber, HeaderPaths.CodeNumber, marks, findings);
        CheckField(envelope.CodeNotation, HeaderPaths.CodeNotation, marks, findings);
        CheckField(envelope.TypeName, HeaderPaths.TypeName, marks, findings);
        if (envelope.OtherInfo is not { } other) return;
        CheckField(other.Priority, HeaderPaths.Priority, marks, findings);
        CheckField(other.SphereOfPromulgation, HeaderPaths.Sphere, marks, findings);
        CheckField(other.TyperNotation, HeaderPaths.TyperNotation, marks, findings);
    }

    // Without the value: nothing of a secret document may be repeated anywhere.
    private static void CheckField(string? text, string path, int[][] marks, Findings findings)
    {
        if (MarkedText.HasToken(text, marks)) findings.Refuse(new Problem(ProblemCatalogue.SecrecyMark, path));
    }
}
