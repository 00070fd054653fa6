using Org.BouncyCastle.Asn1.Cmp;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Tsp;

namespace DocExchange.Sandbox.Authorities;

/// <summary>Answers time-stamp requests (RFC 3161) with the time of its clock.</summary>
internal sealed class TimestampResponder(SandboxAuthority authority, TimeProvider time)
{
    private const string Policy = "2.25.162352314139816888658575513291232086315.1";

    public byte[] Answer(byte[] request)
    {
        var tokens = new TimeStampTokenGenerator(BouncyCertificate.KeyOf(authority.Stamper), BouncyCertificate.Of(authority.Stamper), TspAlgorithms.Sha256, Policy) { Resolution = Resolution.R_MILLISECONDS };
        tokens.SetCertificates(BouncyCertificate.StoreOf(authority.Stamper, authority.Root));
        var answers = new TimeStampResponseGenerator(tokens, new[] { TspAlgorithms.Sha256, TspAlgorithms.Sha384, TspAlgorithms.Sha512 });
        try
        {
            var serial = new BigInteger(1, System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));
            return answers.Generate(new TimeStampRequest(request), serial, time.GetUtcNow().UtcDateTime).GetEncoded();
        }
        catch (Exception unreadable) when (unreadable is IOException or ArgumentException or InvalidCastException)
        {
            return answers.GenerateFailResponse(PkiStatus.Rejection, PkiFailureInfo.BadDataFormat, "the request cannot be read").GetEncoded();
        }
    }
}
