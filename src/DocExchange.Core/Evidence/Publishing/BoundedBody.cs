namespace DocExchange.Core.Evidence.Publishing;

/// <summary>The body of another server's answer, as far as one is willing to read.</summary>
public static class BoundedBody
{
    /// <exception cref="HttpRequestException">The body is longer than <paramref name="most"/> bytes.</exception>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage answer, int most, CancellationToken cancellationToken)
    {
        var buffer = new byte[most + 1];
        var body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return length <= most ? buffer[..length] : throw new HttpRequestException($"the answer is longer than {most} bytes");
        }
    }
}
