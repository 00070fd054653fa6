namespace DocExchange.Core.Packages;

/// <summary>Reads edXML 2.0 packages in one forward pass (QCVN 102:2016/BTTTT).</summary>
public static class PackageReader
{
    public static PackageReading Read(Stream original, PackageLimits limits) => throw new NotSupportedException();

    public static PackageReading Read(ReadOnlyMemory<byte> original, PackageLimits limits) => throw new NotSupportedException();

    /// <summary>True when an attachment is a ZIP too large to be inspected while it streamed by: call <see cref="Complete"/> once the original is staged.</summary>
    public static bool NeedsCompletion(PackageReading reading) => throw new NotSupportedException();

    /// <summary>Second phase for large ZIP attachments: each is decoded into <paramref name="scratch"/> (seekable, overwritten) and inspected there.</summary>
    public static PackageReading Complete(PackageReading reading, Stream original, Stream scratch, PackageLimits limits) => throw new NotSupportedException();
}
