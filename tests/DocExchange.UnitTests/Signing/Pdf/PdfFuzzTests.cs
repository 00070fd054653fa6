using System.Diagnostics;
using DocExchange.Core.Signing.Pdf;
using DocExchange.Core.Signing.Verdicts;

namespace DocExchange.UnitTests.Signing.Pdf;

/// <summary>Whatever bytes come, judging them ends in time, throws nothing and never calls a changed file whole.</summary>
public sealed class PdfFuzzTests
{
    private static readonly string[] Words = ["<<", ">>", "[", "]", "(", "<", "/ByteRange", "/Contents", " obj", "endobj", "stream\n", "/ObjStm", "startxref\n0", "xref\n0 99999999\n", "/Prev 0", "\0", "999999999999999999", "/Length -1", "%%EOF"];

    [Fact]
    public void Seeded_mutations_never_crash_stall_or_pass_for_whole()
    {
        using var trust = new PdfTrust();
        var signed = PdfMaker.Sign(PdfMaker.Sign(PdfMaker.Plain(), 1, trust.ByPerson), 2, trust.ByOrganisation);
        var limits = PdfLimits.Default with { Time = TimeSpan.FromSeconds(1) };
        var slowest = TimeSpan.Zero;
        for (var seed = 0; seed < 1500; seed++)
        {
            var mutated = Mutate(signed, new Random(seed));
            var began = Stopwatch.GetTimestamp();
            var verdicts = trust.Judge(mutated, limits: limits);
            var took = Stopwatch.GetElapsedTime(began);
            slowest = took > slowest ? took : slowest;
            Assert.True(!IsChangedInside(signed, mutated) || verdicts.Count < 2 || verdicts.Any(v => v.Class == LegalClass.Broken), $"seed {seed} passed: {Difference(signed, mutated)}");
        }
        Assert.True(slowest < TimeSpan.FromSeconds(60), $"the slowest took {slowest}");
    }

    [Theory]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("<<<<<<<<<<<<<<<</A <</A <</A <</A")]
    [InlineData("1 0 obj /ByteRange ")]
    [InlineData("/ObjStm /ByteRange 1 0 obj << /Type /ObjStm /N 99999 /First 1 /Length 1 >> stream\n")]
    [InlineData("1 0 obj << /ByteRange [0 1 2 3] /Contents <")]
    public void Repeating_a_piece_a_million_times_stays_within_the_limits(string piece)
    {
        using var trust = new PdfTrust();
        var bytes = System.Text.Encoding.Latin1.GetBytes("%PDF-1.7\n" + string.Concat(Enumerable.Repeat(piece, 4_000_000 / piece.Length)));
        var began = Stopwatch.GetTimestamp();

        var verdicts = trust.Judge(bytes);

        Assert.DoesNotContain(verdicts, v => v.Class == LegalClass.LegallySigned);
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60));
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = new List<byte>(original);
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 2000), bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, System.Text.Encoding.Latin1.GetBytes(Words[random.Next(Words.Length)])); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count / 2), Math.Min(500, bytes.Count / 2))); break;
                case 4: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            }
        }
        return [.. bytes];
    }

    private static string Difference(byte[] original, byte[] mutated)
    {
        var at = original.AsSpan().CommonPrefixLength(mutated);
        return $"{original.Length} to {mutated.Length} bytes, from {at}: {System.Text.Encoding.Latin1.GetString(mutated.AsSpan(at, Math.Min(60, mutated.Length - at)))}";
    }

    private static bool IsSameDigit(byte one, byte other) => char.IsAsciiHexDigit((char)one) && (one ^ other) == 0x20;

    /// <summary>Not only in the spare room behind a message, which nobody reads as anything, and not only behind the end.</summary>
    private static bool IsChangedInside(byte[] original, byte[] mutated)
    {
        if (mutated.AsSpan().StartsWith(original)) return false;
        // The last message's own digits may be written small or large: that is no change.
        return mutated.Length != original.Length || mutated.Zip(original).Any(pair => pair.First != pair.Second && !IsSameDigit(pair.First, pair.Second));
    }
}
