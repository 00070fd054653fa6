namespace DocExchange.Core.Signing.Pdf;

/// <summary>Undoes the row filters that cross-reference streams are usually deflated with (ISO 32000-1 §7.4.4.4, PNG §9).</summary>
internal static class PngPredictor
{
    public static byte[] Undo(byte[] data, PdfItem parameters)
    {
        var predictor = parameters["Predictor"].Number;
        if (predictor <= 1) return data;
        var columns = parameters["Columns"].Number is > 0 and var given ? given : 1;
        if (predictor < 10 || columns > 4096 || Other(parameters["Colors"], 1) || Other(parameters["BitsPerComponent"], 8))
            throw new PdfSyntaxException(parameters.Start, "a stream has an unknown predictor");
        var width = (int)columns;
        var rows = data.Length / (width + 1);
        var plain = new byte[rows * width];
        for (var row = 0; row < rows; row++)
        {
            var to = plain.AsSpan(row * width, width);
            UndoRow(data[row * (width + 1)], data.AsSpan(row * (width + 1) + 1, width), row == 0 ? default : plain.AsSpan((row - 1) * width, width), to);
        }
        return plain;
    }

    private static bool Other(PdfItem item, long usual) => item.Kind == PdfKind.Number && item.Number != usual;

    private static void UndoRow(byte filter, ReadOnlySpan<byte> from, ReadOnlySpan<byte> above, Span<byte> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            int left = i == 0 ? 0 : to[i - 1], up = above.IsEmpty ? 0 : above[i], corner = i == 0 || above.IsEmpty ? 0 : above[i - 1];
            to[i] = (byte)(from[i] + filter switch
            {
                0 => 0,
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Paeth(left, up, corner),
                _ => throw new PdfSyntaxException(0, "a row has an unknown filter"),
            });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        int toLeft = Math.Abs(guess - left), toUp = Math.Abs(guess - up), toCorner = Math.Abs(guess - corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
