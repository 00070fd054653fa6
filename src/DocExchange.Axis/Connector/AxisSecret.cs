namespace DocExchange.Axis.Connector;

/// <summary>
/// The secret this hub signs with, in a file that only the hub can read. A changed file is used from the next call on, without a restart.
/// </summary>
internal sealed class AxisSecret(string path)
{
    private readonly Lock _lock = new();
    private (DateTime Written, long Length) _seen;
    private string? _secret;

    /// <summary>The secret as text, without line ends around it; null while there is no such file or it is empty.</summary>
    public string? Current
    {
        get
        {
            lock (_lock)
            {
                try
                {
                    var file = new FileInfo(path);
                    if (!file.Exists) return null;
                    var now = (file.LastWriteTimeUtc, file.Length);
                    if (now == _seen) return _secret;
                    var text = File.ReadAllText(path).Trim();
                    (_seen, _secret) = (now, text.Length == 0 ? null : text);
                    return _secret;
                }
                catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
                {
                    // Being replaced just now: the one in hand may still do.
                    return _secret;
                }
            }
        }
    }
}
