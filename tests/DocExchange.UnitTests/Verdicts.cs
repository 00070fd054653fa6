using DocExchange.Axis.Codes;
using DocExchange.Core.Problems;
using DocExchange.Core.Validation;
using Xunit;

namespace DocExchange.UnitTests;

/// <summary>Assertions whose failure shows the finding instead of true or false.</summary>
internal static class Verdicts
{
    public static void IsAccepted(this ValidationResult result) =>
        Assert.Equal("accepted", result.First is null ? "accepted" : $"{result.First.Code} {result.First.English}");

    public static void IsAcceptedWith(this ValidationResult result, string warning)
    {
        result.IsAccepted();
        Assert.Contains(warning, result.Warnings.Select(w => w.Code));
    }

    public static void IsRefused(this ValidationResult result, ProblemKind kind, string axisCode, string peerCode)
    {
        var first = result.First;
        Assert.Equal($"{kind.Code} axis {axisCode} {peerCode}",
            first is null ? "accepted" : $"{first.Code} axis {AxisErrors.CodeOf(first)} {AxisErrors.PeerCodeOf(first)}");
    }

    public static void IsRefusedUnderBothProfiles(this DocExchange.Core.Envelopes.Envelope envelope, ProblemKind kind, string axisCode, string peerCode)
    {
        envelope.JudgedFromAgency().IsRefused(kind, axisCode, peerCode);
        envelope.JudgedFromPeer().IsRefused(kind, axisCode, peerCode);
    }
}
