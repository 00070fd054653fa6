using System.Text;
using DocExchange.Core.Packages;
using Xunit;
using static DocExchange.UnitTests.Packages.TestPackages;

namespace DocExchange.UnitTests.Packages;

/// <summary>Guards against memory that grows with the document.</summary>
public sealed class BoundedMemoryTests
{
    [Fact]
    public void A_package_of_64_MB_reads_with_less_than_2_MB_allocated()
    {
        PackageReader.Read(new GeneratedPackage(1024 * 1024), PackageLimits.Default);
        PackageReading reading = null!;

        var allocated = Allocated(() => reading = PackageReader.Read(new GeneratedPackage(64L * 1024 * 1024), PackageLimits.Default));

        Assert.InRange(allocated, 0, 2_000_000);
        Assert.Empty(reading.Findings);
        Assert.Equal(48L * 1024 * 1024, reading.Envelope!.Attachments[0].Length);
    }

    [Fact]
    public void A_package_of_10_kB_reads_with_less_than_60_kB_allocated()
    {
        var bytes = Encoding.UTF8.GetBytes(Letter(Convert.ToBase64String(new byte[6000]), "a.bin"));
        Read(bytes);

        // The least of some: buffers are shared with what runs beside, and whoever finds none left makes one.
        var least = Enumerable.Range(0, 5).Min(_ => Allocated(() => Read(bytes)));

        Assert.InRange(least, 0, 60_000);
    }

    private static long Allocated(Action what)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        what();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>A letter whose one attachment is so many characters of base64, made while it is read.</summary>
    private sealed class GeneratedPackage(long characters) : Stream
    {
        private readonly byte[] _head = Encoding.UTF8.GetBytes(Letter("|", "a.bin").Split('|')[0]);
        private readonly byte[] _tail = Encoding.UTF8.GetBytes(Letter("|", "a.bin").Split('|')[1]);
        private long _at;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_at < _head.Length) return Copy(_head, _at, buffer, offset, count);
            if (_at >= _head.Length + characters) return Copy(_tail, _at - _head.Length - characters, buffer, offset, count);
            var run = (int)Math.Min(count, _head.Length + characters - _at);
            buffer.AsSpan(offset, run).Fill((byte)'Q');
            _at += run;
            return run;
        }

        private int Copy(byte[] part, long from, byte[] buffer, int offset, int count)
        {
            var length = (int)Math.Min(count, part.Length - from);
            part.AsSpan((int)from, length).CopyTo(buffer.AsSpan(offset));
            _at += length;
            return length;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
