using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Core.Packages;
using Xunit;
using static DocExchange.UnitTests.Packages.TestPackages;

namespace DocExchange.UnitTests.Packages;

/// <summary>Rows 31 to 33: files that are damaged, missing, bombs or disguised; and the wrapping habits that must be understood.</summary>
public sealed class AttachmentTests
{
    private const string Eicar = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS" + "-TEST-FILE!$H+H*";

    [Theory]
    [InlineData("QUJ")]
    [InlineData("QUJDR")]
    [InlineData("QUJD=QUJ")]
    [InlineData("QQ==QUJD")]
    [InlineData("QU_D")]
    [InlineData("QUJDé")]
    [InlineData("QU<e:x xmlns:e=\"urn:x\"/>JD")]
    public void Content_that_is_not_base64_is_refused(string text) => Assert.Equal("DX-2301", Read(Letter(text)).FirstCode());

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n")]
    public void An_attachment_without_content_is_refused(string text) => Assert.Equal("DX-2304", Read(Letter(text)).FirstCode());

    [Fact]
    public void Manifest_and_attachments_must_name_the_same_files()
    {
        Assert.Equal("DX-2302", Read(Letter().Replace("<e:ContentId>cid:a1", "<e:ContentId>cid:zz")).FirstCode());
        Assert.Equal("DX-2302", Read(Letter().Replace("<AttachmentEncoded>", "<x>").Replace("</AttachmentEncoded>", "</x>")).FirstCode());
        Assert.Equal("DX-2303", Read(Letter().Replace(Reference("a1", "cong-van.pdf"), "")).FirstCode());
    }

    [Fact]
    public void A_missing_content_id_is_replaced_by_position_with_a_warning()
    {
        var reading = Read(Letter().Replace("<ContentId>cid:a1</ContentId>", ""));

        Assert.Empty(reading.Findings);
        Assert.Equal("content-id-missing", Assert.Single(reading.Warnings).Code);
    }

    [Theory]
    [InlineData("a.zip", "a.txt", null)]
    [InlineData("a.txt", "a.txt", "txt")]
    [InlineData("a.xlsx", "x.xlsx", "xlsx")]
    [InlineData("a.pdf", "x.pdf", "pdf")]
    public void Only_a_zip_that_is_not_called_one_is_unwrapped(string name, string entry, string? wrapped)
    {
        var reading = Read(LetterWith(Zip((entry, Pdf)), name));

        Assert.Empty(reading.Findings);
        Assert.Equal(wrapped, reading.Envelope!.Attachments[0].Wrapped?.Extension);
    }

    [Fact]
    public void A_nested_package_is_an_ordinary_attachment_with_a_warning()
    {
        var reading = Read(LetterWith(Zip(("id.edxml", Encoding.UTF8.GetBytes(Letter()))), "van-ban.doc"));

        Assert.Empty(reading.Findings);
        Assert.Equal("name-content-mismatch", Assert.Single(reading.Warnings).Code);
        Assert.Equal("xml", reading.Envelope!.Attachments[0].Wrapped!.SniffedType);
    }

    [Theory]
    [InlineData("a.docx", "word/document.xml", "docx")]
    [InlineData("a.xlsx", "xl/workbook.xml", "xlsx")]
    [InlineData("a.pptx", "ppt/presentation.xml", "pptx")]
    public void Office_files_are_zips_of_their_own_kind(string name, string part, string type)
    {
        var reading = Read(LetterWith(Zip(("[Content_Types].xml", Pdf), (part, Pdf)), name));

        Assert.Empty(reading.Findings);
        Assert.Equal((type, null), (reading.Envelope!.Attachments[0].SniffedType, reading.Envelope.Attachments[0].Wrapped));
    }

    public static TheoryData<string, byte[], string> BadZips()
    {
        var two = Zip(("a.txt", [1]), ("b.txt", [2]));
        var one = Zip(("a.txt", Encoding.ASCII.GetBytes(new string('a', 5000))));
        var encrypted = (byte[])one.Clone();
        encrypted[one.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 8] |= 1;
        var lying = (byte[])one.Clone();
        BitConverter.TryWriteBytes(lying.AsSpan(one.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 24), 4000);
        var flooded = (byte[])two.Clone();
        BitConverter.TryWriteBytes(flooded.AsSpan(two.AsSpan().LastIndexOf("PK\u0005\u0006"u8) + 10), (ushort)60_000);
        return new TheoryData<string, byte[], string>
        {
            { "a.txt", two, "DX-2309" },
            { "a.txt", Zip(), "DX-2309" },
            { "a.txt", encrypted, "DX-2307" },
            { "a.zip", encrypted, "DX-2307" },
            { "a.txt", Zip(("../../x.txt", [1])), "DX-2308" },
            { "a.zip", Zip(("/etc/x.txt", [1]), ("b", [1])), "DX-2308" },
            { "a.zip", Zip(("C:\\x.txt", [1])), "DX-2308" },
            { "a.txt", one[..^30], "DX-2305" },
            { "a.txt", lying, "DX-2305" },
            { "a.zip", flooded, "DX-2306" },
            { "a.txt", Zip(("a.txt", new byte[20_000_000])), "DX-2306" },
            { "a.zip", Zip(("a.txt", new byte[20_000_000]), ("b.txt", [1])), "DX-2306" },
            { "a.txt", Zip(("b.zip", one)), "DX-2310" },
            { "a.zip", Zip(("b.zip", one)), "DX-2310" },
        };
    }

    [Theory]
    [MemberData(nameof(BadZips))]
    public void A_zip_that_may_harm_is_refused_in_bounded_time_and_memory(string name, byte[] zip, string code)
    {
        var text = Encoding.UTF8.GetBytes(LetterWith(zip, name));
        Read(text);
        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var reading = Read(text);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
        Assert.Equal(code, reading.FirstCode());
    }

    [Fact]
    public void A_bomb_that_lies_about_its_size_is_stopped_while_it_expands()
    {
        var zip = Zip(("a.txt", new byte[20_000_000]));
        BitConverter.TryWriteBytes(zip.AsSpan(zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 24), 100);

        Assert.Equal("DX-2306", Read(LetterWith(zip, "a.txt")).FirstCode());
    }

    public static TheoryData<string, byte[], string> Disguised() => new()
    {
        { "bao-cao.pdf", "MZ\u0090\0program"u8.ToArray(), "DX-2311" },
        { "bao-cao.pdf", "\u007fELF\u0002"u8.ToArray(), "DX-2311" },
        { "bao-cao.txt", "#!/bin/sh\nrm -rf x"u8.ToArray(), "DX-2311" },
        { "bao-cao.pdf", Zip(("bao-cao.pdf", "MZ\u0090\0program"u8.ToArray())), "DX-2311" },
        { "bao-cao.docx", Zip(("[Content_Types].xml", Pdf), ("word/document.xml", Pdf), ("word/vbaProject.bin", Pdf)), "DX-2311" },
        { "cai-dat.exe", "MZ\u0090\0program"u8.ToArray(), "DX-2312" },
        { "cai-dat.JS", "alert(1)"u8.ToArray(), "DX-2312" },
        { "bang.xlsm", Pdf, "DX-2312" },
        { "a.pdf", Zip(("b.vbs", "x = 1"u8.ToArray())), "DX-2312" },
        { "a.txt", Encoding.ASCII.GetBytes(Eicar), "DX-2313" },
        { "a.txt", Zip(("a.txt", Encoding.ASCII.GetBytes(Eicar))), "DX-2313" },
    };

    [Theory]
    [MemberData(nameof(Disguised))]
    public void Programs_scripts_macros_and_the_malware_test_file_are_refused(string name, byte[] content, string code)
    {
        var first = Read(LetterWith(content, name)).First()!;

        Assert.Equal((code, name), (first.Code, first.Value));
    }

    [Fact]
    public void A_large_zip_is_inspected_in_the_second_phase_through_the_scratch_stream()
    {
        var content = new byte[3_000_000];
        new Random(1).NextBytes(content);
        var original = Encoding.UTF8.GetBytes(LetterWith(Zip(("x.bin", content)), "du-lieu.bin"));
        var reading = Read(original);

        Assert.Empty(reading.Findings);
        Assert.True(PackageReader.NeedsCompletion(reading));
        Assert.Null(reading.Envelope!.Attachments[0].Wrapped);

        using var scratch = new MemoryStream();
        var complete = PackageReader.Complete(reading, new MemoryStream(original), scratch, PackageLimits.Default);

        Assert.Empty(complete.Findings);
        Assert.False(PackageReader.NeedsCompletion(complete));
        Assert.Equal(SHA256.HashData(content), complete.Envelope!.Attachments[0].Wrapped!.Digest.ToArray());
    }

    [Fact]
    public void A_large_bomb_is_found_in_the_second_phase()
    {
        var noise = new byte[400_000];
        new Random(1).NextBytes(noise);
        var original = Encoding.UTF8.GetBytes(LetterWith(Zip(("n.bin", noise), ("z.bin", new byte[50_000_000])), "a.zip"));

        var complete = PackageReader.Complete(Read(original), new MemoryStream(original), new MemoryStream(), PackageLimits.Default);

        Assert.Equal("DX-2306", complete.FirstCode());
    }
}
