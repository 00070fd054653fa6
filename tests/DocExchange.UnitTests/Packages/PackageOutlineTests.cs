using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Packages.Outlines;

namespace DocExchange.UnitTests.Packages;

public sealed class PackageOutlineTests
{
    private static readonly Envelope Letter = new() { Kind = MessageKind.Document, From = new Organ("H30", null, "Cơ quan gửi"), Subject = "Về việc thử nghiệm" };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(49_153)]
    [InlineData(300_000)]
    public void A_package_put_together_of_its_outline_is_the_one_that_would_have_been_written(int size)
    {
        var random = new Random(size);
        var request = new byte[size + 1000];
        random.NextBytes(request);
        var written = new MemoryStream();
        PackageWriter.WriteDocument(written, Letter, [new AttachmentPayload("a.pdf", new MemoryStream(request, 700, size), "a"), new AttachmentPayload("b.pdf", new MemoryStream(request, 100, 10), "b")]);

        var outline = PackageOutline.Of(target => PackageWriter.WriteDocument(target, Letter, [FileAt(700, size, "a"), FileAt(100, 10, "b")]));
        outline = PackageOutline.Parse(outline.ToBytes());

        Assert.Equal(written.Length, outline.Length);
        using var package = outline.Open(new MemoryStream(request));
        Assert.Equal(written.ToArray(), Pieces(package, random));
        // Readers of attachments and signatures go to where they must.
        for (var i = 0; i < 50; i++)
        {
            var (at, piece) = (random.Next((int)written.Length), new byte[random.Next(1, 5000)]);
            package.Position = at;
            var read = package.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false);
            Assert.Equal(written.ToArray().AsSpan(at, read), piece.AsSpan(0, read));
            Assert.True(read == piece.Length || at + read == written.Length);
        }
    }

    [Fact]
    public void Base64_that_a_request_holds_already_goes_into_the_package_as_it_is()
    {
        var request = "....SGVs\r\nbG8=...."u8.ToArray();

        var outline = PackageOutline.Of(target => PackageWriter.WriteDocument(target, Letter, [AttachmentPayload.At(new RequestRange(4, 10, IsText: true), "a.txt", "a", "text/plain")]));

        using var package = outline.Open(new MemoryStream(request));
        var file = PackageReader.ReadWhole(package, PackageLimits.Default).Envelope!.Attachments[0];
        using var decoded = AttachmentContent.OpenDecoded(package, file);
        Assert.Equal("Hello", new StreamReader(decoded).ReadToEnd());
    }

    [Fact]
    public void A_request_that_is_shorter_than_its_outline_says_gives_no_other_package_but_an_error()
    {
        var outline = PackageOutline.Of(target => PackageWriter.WriteDocument(target, Letter, [FileAt(0, 3000, "a")]));

        using var package = outline.Open(new MemoryStream(new byte[2000]));

        Assert.Throws<InvalidDataException>(() => Pieces(package, new Random(1)));
        Assert.Throws<InvalidDataException>(() => PackageOutline.Parse(outline.ToBytes()[..3]));
        Assert.Throws<InvalidDataException>(() => PackageOutline.Parse([9, 0]));
    }

    private static AttachmentPayload FileAt(long offset, long length, string id) => AttachmentPayload.At(new RequestRange(offset, length, IsText: false), id + ".pdf", id, null);

    private static byte[] Pieces(Stream package, Random random)
    {
        using var all = new MemoryStream();
        var piece = new byte[70_000];
        for (int read; (read = package.Read(piece, 0, random.Next(1, piece.Length))) > 0;) all.Write(piece, 0, read);
        return all.ToArray();
    }
}
