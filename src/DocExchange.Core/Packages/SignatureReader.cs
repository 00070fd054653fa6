using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Packages;

/// <summary>
/// Says what the package's own Signature element can be worth, without trusting it. Most are a constant that vendors copied from an example
/// (edxml 1.8); nothing is ever VALID here.
/// </summary>
internal sealed class SignatureReader(SafeXml xml, PackageNotes notes, UnknownElements unknown) : ElementReader(xml, notes, unknown)
{
    private const string PlaceholderValue = "8C88B59E6CEDA796CD17B7D3CF98FD8FD9B84E07BBC16529C92C23C62FC4FEAA";
    private static readonly string[] PlaceholderDigests = ["FwgIqsSYJshUS2+wlOM61L+q7Aw=", "PrlYKdD8sksgnxFvUVtPIQ0pAqM="];
    private bool _placeholder;
    private bool _anything;

    public PackageSignature Read()
    {
        Walk();
        return _placeholder ? PackageSignature.Placeholder : _anything ? PackageSignature.Unverifiable : PackageSignature.Absent;
    }

    private void Walk()
    {
        for (var at = Open(); Next(at);)
        {
            _anything = true;
            switch (Xml.LocalName)
            {
                case "SignatureValue":
                    var value = Value();
                    _placeholder |= value.Length > 0 && Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(value))) == PlaceholderValue;
                    break;
                case "DigestValue": _placeholder |= PlaceholderDigests.Contains(Value()); break;
                case "X509Certificate": _placeholder |= !IsCertificate(Value()); break;
                case "SignedInfo" or "Reference" or "KeyInfo" or "X509Data": Walk(); break;
            }
        }
    }

    private string Value() => string.Concat((Text("MessageHeader.Signature", "Value") ?? "").Where(c => !char.IsWhiteSpace(c)));

    /// <summary>Whether the text is one whole DER sequence: a certificate that can at least be opened.</summary>
    private static bool IsCertificate(string text)
    {
        var der = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, der, out var length) || length < 4 || der[0] != 0x30 || (der[1] & 0x80) == 0) return false;
        var size = 0;
        var count = der[1] & 0x7F;
        if (count is 0 or > 3 || length < 2 + count) return false;
        for (var i = 0; i < count; i++) size = (size << 8) | der[2 + i];
        return size == length - 2 - count;
    }
}
