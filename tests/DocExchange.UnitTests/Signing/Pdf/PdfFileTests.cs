using System.Text;
using DocExchange.Core.Signing.Pdf;
using Xunit;

namespace DocExchange.UnitTests.Signing.Pdf;

/// <summary>Objects are read from a short piece of the file first, and from longer ones as long as they run out of it.</summary>
public sealed class PdfFileTests
{
    [Fact]
    public void An_object_is_read_whole_wherever_in_a_reference_the_first_piece_of_it_ends()
    {
        for (var shift = 0; shift < 16; shift++)
        {
            var members = string.Concat(Enumerable.Range(0, 200).Select(n => $"/G{n:D3} 7 0 R "));
            var bytes = Encoding.ASCII.GetBytes($"10 0 obj\n<< /Pad ({new string('x', shift)}) {members}>>\nendobj\n");

            var read = new PdfFile(new MemoryStream(bytes), PdfLimits.Default, null).ReadObject(0);

            Assert.Equal(201, read.Members.Count);
            Assert.All(read.Members.Where(m => m.Key != "Pad"), m => Assert.Equal(PdfKind.Reference, m.Value.Kind));
        }
    }
}
