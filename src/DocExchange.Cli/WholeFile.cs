namespace DocExchange.Cli;

/// <summary>A file that is there whole or not at all.</summary>
internal static class WholeFile
{
    public static async Task<T> WriteAsync<T>(string path, Func<Stream, Task<T>> write)
    {
        var partial = path + ".part";
        try
        {
            T result;
            await using (var file = File.Create(partial)) result = await write(file).ConfigureAwait(false);
            File.Move(partial, path, overwrite: true);
            return result;
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
