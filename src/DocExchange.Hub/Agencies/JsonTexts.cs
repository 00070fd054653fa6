using System.Buffers;
using System.Runtime.CompilerServices;

namespace DocExchange.Hub.Agencies;

/// <summary>One JSON text of a file, uncopied: valid until the next one is asked for.</summary>
/// <param name="IsCut">The file ended, or the entry grew too long, before it was whole.</param>
internal readonly record struct JsonPiece(int Line, ReadOnlyMemory<byte> Text, bool IsCut = false);

/// <summary>
/// Cuts a file into its entries without reading them: the elements of an array by their braces, JSON Lines by their line ends, so that a
/// broken line does not take the next ones with it. Knows the line where each begins, which a reader of the whole array could not tell.
/// </summary>
internal sealed class JsonTexts(Stream file)
{
    private readonly ArrayBufferWriter<byte> _entry = new(1024);
    private bool _isArray;
    private bool _isClosed;
    private bool _inString;
    private bool _isEscaped;
    private int _depth;
    private int _line = 1;
    private int _start;

    public async IAsyncEnumerable<JsonPiece> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        int length;
        while ((length = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            for (var i = 0; i < length; i++)
            {
                var isWhole = Take(buffer[i]);
                if (isWhole && _entry.WrittenCount > 0)
                {
                    yield return new JsonPiece(_start, _entry.WrittenMemory);
                    _entry.ResetWrittenCount();
                }
                if (_entry.WrittenCount <= AgencyFile.LongestRow) continue;
                yield return new JsonPiece(_start, default, IsCut: true);
                yield break;
            }
        }
        if (_isArray && !_isClosed) yield return new JsonPiece(_start == 0 ? 1 : _start, default, IsCut: true);
        else if (_entry.WrittenCount > 0) yield return new JsonPiece(_start, _entry.WrittenMemory);
    }

    /// <summary>True when the entry that was being collected is whole.</summary>
    private bool Take(byte next)
    {
        if (next == '\n') _line++;
        if (_entry.WrittenCount == 0)
        {
            if (next is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or 0xEF or 0xBB or 0xBF) return false;
            if (_start == 0 && next == '[')
            {
                (_isArray, _start) = (true, _line);
                return false;
            }
            if (_isArray && next == ']')
            {
                _isClosed = true;
                return false;
            }
            (_start, _depth, _inString, _isEscaped) = (_line, 0, false, false);
        }
        else if (!_isArray && next == '\n')
        {
            return true;
        }
        _entry.Write([next]);
        return Closes(next) && _isArray;
    }

    private bool Closes(byte next)
    {
        if (_isEscaped) _isEscaped = false;
        else if (_inString && next == '\\') _isEscaped = true;
        else if (next == '"') _inString = !_inString;
        else if (!_inString && next is (byte)'{' or (byte)'[') _depth++;
        else if (!_inString && next is (byte)'}' or (byte)']') return --_depth <= 0;
        return false;
    }
}
