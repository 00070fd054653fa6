using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DocExchange.Core.Signing;

/// <summary>
/// CMS EnvelopedData (RFC 5652 §6) for one recipient: AES-256 in CBC mode, the content in pieces, so that a file of any size is encrypted with the
/// memory of one piece. The framework's own class holds the whole content and knows no EC recipients on this platform. Who decrypts must check what
/// comes out, as all exports can be: the envelope keeps others from reading, it does not prove who wrote it.
/// </summary>
public static class EnvelopedData
{
    private const string Oid = "1.2.840.113549.1.7.3";
    private const string Data = "1.2.840.113549.1.7.1";
    private const string Aes256Cbc = "2.16.840.1.101.3.4.1.42";
    private const int WeakestRsa = 2048;
    private const int OpenAtEnd = 5;

    /// <summary>Of the content, in one piece: a multiple of the cipher's block.</summary>
    private const int Piece = 64 * 1024;

    /// <summary>Why nothing can be sealed for this certificate; null when it can.</summary>
    public static string? Objection(X509Certificate2 recipient, DateTimeOffset now)
    {
        if (now.UtcDateTime < recipient.NotBefore.ToUniversalTime() || now.UtcDateTime > recipient.NotAfter.ToUniversalTime()) return "a certificate that is valid now";
        var usage = recipient.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault()?.KeyUsages;
        using var rsa = recipient.GetRSAPublicKey();
        if (rsa is not null)
        {
            if (rsa.KeySize < WeakestRsa) return $"an RSA key of at least {WeakestRsa} bits";
            return usage is null || (usage & (X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment)) != 0 ? null : "a certificate whose key usage allows keyEncipherment";
        }
        using var ec = recipient.GetECDiffieHellmanPublicKey();
        return ec is not null ? null : "a certificate with an RSA key, or an EC key whose usage allows keyAgreement";
    }

    /// <summary>Encrypts to the end of <paramref name="plain"/>. BER with indefinite lengths, as openssl -stream writes it.</summary>
    /// <exception cref="CryptographicException">The certificate's key is of another kind; see <see cref="Objection"/>.</exception>
    public static async Task EncryptAsync(Stream plain, Stream output, X509Certificate2 recipient, CancellationToken cancellationToken)
    {
        using var aes = Aes.Create();
        aes.KeySize = 256;
        using var rsa = recipient.GetRSAPublicKey();
        var info = rsa is not null ? KeyTransport.RecipientInfo(recipient, rsa, aes.Key) : KeyAgreement.RecipientInfo(recipient, aes.Key);
        output.Write(Head(aes.IV, info, version: rsa is not null ? 0 : 2));
        using var encryptor = aes.CreateEncryptor();
        var piece = new byte[Piece];
        int read;
        do
        {
            read = await plain.ReadAtLeastAsync(piece, Piece, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            // The last piece is shorter, if need be empty, and gets the padding.
            var encrypted = read == Piece ? Transform(encryptor, piece) : encryptor.TransformFinalBlock(piece, 0, read);
            await WritePieceAsync(output, encrypted, cancellationToken).ConfigureAwait(false);
        }
        while (read == Piece);
        output.Write(new byte[2 * OpenAtEnd]);
    }

    private static byte[] Transform(ICryptoTransform encryptor, byte[] piece)
    {
        var encrypted = new byte[piece.Length];
        encryptor.TransformBlock(piece, 0, piece.Length, encrypted, 0);
        return encrypted;
    }

    private static ValueTask WritePieceAsync(Stream output, byte[] piece, CancellationToken cancellationToken)
    {
        var octets = new AsnWriter(AsnEncodingRules.DER, piece.Length + 8);
        octets.WriteOctetString(piece);
        return output.WriteAsync(octets.Encode(), cancellationToken);
    }

    /// <summary>Everything before the content: <see cref="OpenAtEnd"/> values are open at its end.</summary>
    private static byte[] Head(byte[] vector, byte[] recipientInfo, int version)
    {
        byte[] open = [0x30, 0x80], openContext = [0xA0, 0x80];
        return
        [
            .. open, .. Encoded(w => w.WriteObjectIdentifier(Oid)), .. openContext, .. open, .. Encoded(w => w.WriteInteger(version)),
            .. Encoded(w =>
            {
                using (w.PushSetOf()) w.WriteEncodedValue(recipientInfo);
            }),
            .. open, .. Encoded(w => w.WriteObjectIdentifier(Data)),
            .. Encoded(w =>
            {
                using (w.PushSequence())
                {
                    w.WriteObjectIdentifier(Aes256Cbc);
                    w.WriteOctetString(vector);
                }
            }),
            .. openContext,
        ];
    }

    internal static byte[] Encoded(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }
}
