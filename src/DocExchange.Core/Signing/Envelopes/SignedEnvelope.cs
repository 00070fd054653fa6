using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Signing.Envelopes;

/// <summary>What the signature over a SOAP envelope says.</summary>
/// <param name="Certificate">Whose key signed. Whether it is anybody's known to the hub is not decided here.</param>
/// <param name="SignatureValue">As written; no other message has the same.</param>
/// <param name="Body">What is still to be held against the package's bytes; null where the body was complete in the envelope.</param>
/// <param name="LeavesPackageOut">The reference to the package's part was signed instead of the package: only a signed digest of it covers it.</param>
public sealed record SignedEnvelope(X509Certificate2 Certificate, string SignatureValue, PendingBody? Body, bool LeavesPackageOut);

/// <summary>
/// The digest of a signed body whose package came as a part of the message: XOP (https://www.w3.org/TR/xop10/ §3) is an encoding, what is
/// signed is the text with the package as base64. The bytes are taken as they pass, so that they need not be held.
/// </summary>
/// <param name="before">The canonical body before the package's text.</param>
/// <param name="after">And behind it.</param>
public sealed class PendingBody(byte[] before, byte[] after, byte[] expected, HashAlgorithmName algorithm) : IDisposable
{
    private readonly IncrementalHash _hash = Begin(before, algorithm);
    private readonly byte[] _carried = new byte[3];
    private int _count;

    /// <summary>The package's next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_count > 0)
        {
            while (_count < 3 && !bytes.IsEmpty)
            {
                _carried[_count++] = bytes[0];
                bytes = bytes[1..];
            }
            if (_count < 3) return;
            Encode(_carried);
            _count = 0;
        }
        var whole = bytes.Length / 3 * 3;
        Encode(bytes[..whole]);
        bytes[whole..].CopyTo(_carried);
        _count = bytes.Length - whole;
    }

    /// <summary>True when the package that passed is the one that was signed. To be asked once, after its last byte.</summary>
    public bool IsAsSigned()
    {
        Encode(_carried.AsSpan(0, _count));
        _hash.AppendData(after);
        return CryptographicOperations.FixedTimeEquals(_hash.GetHashAndReset(), expected);
    }

    public void Dispose() => _hash.Dispose();

    private static IncrementalHash Begin(byte[] before, HashAlgorithmName algorithm)
    {
        var hash = IncrementalHash.CreateHash(algorithm);
        hash.AppendData(before);
        return hash;
    }

    private void Encode(ReadOnlySpan<byte> bytes)
    {
        Span<byte> text = stackalloc byte[4096];
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(bytes.Length, 3072)];
            System.Buffers.Text.Base64.EncodeToUtf8(piece, text, out _, out var written);
            _hash.AppendData(text[..written]);
            bytes = bytes[piece.Length..];
        }
    }
}
