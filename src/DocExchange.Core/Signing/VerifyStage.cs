using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Pipeline;

namespace DocExchange.Core.Signing;

/// <summary>
/// Notes what the package's own signature is worth. Real packages carry a signature copied from an example, so none is believed and none
/// is refused for it; the legally meaningful signatures are inside the attachments.
/// </summary>
public sealed class VerifyStage : IStage
{
    public string Purpose => "Classify the package's signature; believe none that was not verified over the bytes that arrived.";

    public ValueTask<Verdict> RunAsync(ExchangeContext context, CancellationToken cancellationToken)
    {
        if (context.Envelope is { Signature: PackageSignature.Placeholder }) context.Warnings.Add(new PackageWarning("placeholder-signature", "Signature"));
        return ValueTask.FromResult(Verdict.GoOn);
    }
}
