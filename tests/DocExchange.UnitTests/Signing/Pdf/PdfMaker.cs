using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DocExchange.UnitTests.Signing.Pdf;

/// <summary>Writes PDFs by hand, so that every byte of an honest or hostile one is known.</summary>
internal static class PdfMaker
{
    public const string Catalog = "<< /Type /Catalog /Pages 2 0 R >>";
    public const string Page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>";
    private const int Room = 8192;

    public static byte[] Plain(int padding = 0) => Append("%PDF-1.7\n%\u00e2\u00e3\n"u8.ToArray(), null,
        (1, Catalog), (2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"), (3, Page), (4, Stream("BT (Cong van) Tj ET" + new string(' ', padding))), (5, "<< /Title (A) >>"));

    public static string Stream(string content) => $"<< /Length {content.Length} >>\nstream\n{content}\nendstream";

    /// <summary>An incremental update; the first call makes the file itself.</summary>
    public static byte[] Append(byte[] before, long? previous, params (int Number, string Body)[] objects)
    {
        using var file = new MemoryStream();
        file.Write(before);
        void Text(string text) => file.Write(Encoding.Latin1.GetBytes(text));
        var places = new List<(int Number, long At)>();
        foreach (var (number, body) in objects)
        {
            places.Add((number, file.Position));
            Text($"{number} 0 obj\n{body}\nendobj\n");
        }
        var table = file.Position;
        Text("xref\n");
        if (previous is null) Text("0 1\n0000000000 65535 f \n");
        foreach (var (number, at) in places) Text($"{number} 1\n{at:D10} 00000 n \n");
        Text($"trailer\n<< /Size 100 /Root 1 0 R /Info 5 0 R{(previous is { } p ? $" /Prev {p}" : "")} >>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();
    }

    public static byte[] Update(byte[] pdf, params (int Number, string Body)[] objects) => Append(pdf, LastTable(pdf), objects);

    public static long LastTable(byte[] pdf)
    {
        var at = pdf.AsSpan().LastIndexOf("startxref\n"u8) + 10;
        return long.Parse(Encoding.ASCII.GetString(pdf[at..(at + pdf[at..].AsSpan().IndexOf((byte)'\n'))]), CultureInfo.InvariantCulture);
    }

    /// <summary>Adds the n-th signature (from 1) as an incremental update.</summary>
    /// <param name="sign">What goes into Contents, from the bytes covered.</param>
    /// <param name="also">Further objects in the same update.</param>
    public static byte[] Sign(byte[] pdf, int ordinal, Func<byte[], byte[]> sign, string subFilter = "adbe.pkcs7.detached", string more = "", string date = "D:20261121110000+07'00'", params (int Number, string Body)[] also)
    {
        int Field(int n) => 10 + 2 * n;
        var fields = string.Join(' ', Enumerable.Range(1, ordinal).Select(n => $"{Field(n)} 0 R"));
        var signed = Update(pdf,
        [
            (1, Catalog[..^2] + "/AcroForm 6 0 R >>"),
            (3, Page[..^2] + $"/Annots [{fields}] >>"),
            (6, $"<< /Fields [{fields}] /SigFlags 3 >>"),
            (Field(ordinal), $"<< /Type /Annot /Subtype /Widget /FT /Sig /T (S{ordinal}) /V {Field(ordinal) + 1} 0 R /Rect [0 0 0 0] /P 3 0 R >>"),
            (Field(ordinal) + 1, EmptySignature(subFilter, more, date)),
            .. also,
        ]);
        return Fill(signed, sign);
    }

    /// <summary>With room for what <see cref="Fill"/> puts there.</summary>
    public static string EmptySignature(string subFilter, string more = "", string date = "D:20261121110000+07'00'") =>
        $"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /{subFilter} {more} /M ({date}) /ByteRange [0 0000000000 0000000000 0000000000] /Contents <{new string('0', Room * 2)}> >>";

    /// <summary>Puts ranges and message into the last empty signature.</summary>
    public static byte[] Fill(byte[] pdf, Func<byte[], byte[]> sign)
    {
        var start = pdf.AsSpan().LastIndexOf("/Contents <"u8) + 10;
        var end = start + pdf[start..].AsSpan().IndexOf((byte)'>') + 1;
        var range = pdf.AsSpan().LastIndexOf("/ByteRange [0 "u8) + 14;
        Encoding.ASCII.GetBytes($"{start:D10} {end:D10} {pdf.Length - end:D10}").CopyTo(pdf, range);
        var message = Convert.ToHexString(sign([.. pdf[..start], .. pdf[end..]]));
        Encoding.ASCII.GetBytes(message).CopyTo(pdf, start + 1);
        return pdf;
    }

    /// <summary>A detached CMS by the platform.</summary>
    public static byte[] Cms(X509Certificate2 certificate, byte[] content, DateTimeOffset? claimed = null)
    {
        var cms = new SignedCms(new ContentInfo(content), detached: true);
        var signer = new CmsSigner(certificate) { DigestAlgorithm = new Oid("2.16.840.1.101.3.4.2.1"), IncludeOption = X509IncludeOption.EndCertOnly };
        if (claimed is { } time) signer.SignedAttributes.Add(new Pkcs9SigningTime(time.UtcDateTime));
        cms.ComputeSignature(signer);
        return cms.Encode();
    }
}
