using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace DocExchange.Axis.Calls;

/// <summary>
/// Reads getEdoc's answer as it arrives: the package, which is base64 in the member <c>data</c>, goes to the target through one small buffer
/// whatever its size; everything else is parsed when it has come. Used once.
/// </summary>
internal sealed class EdocReader(Stream target)
{
    private const int Block = 32 * 1024, LongestRest = 64 * 1024;

    /// <summary>Held back until the end is known: padding, and line ends behind it, may only come last.</summary>
    private const int Tail = 64;

    private readonly ArrayBufferWriter<byte> _rest = new();
    private readonly byte[] _base64 = new byte[Block];
    private readonly byte[] _bytes = new byte[Block / 4 * 3];
    private readonly StringBuilder _escape = new();
    private int _held, _depth;
    private bool _isInText, _isInData, _isEscaped;

    /// <summary>Bytes written to the target.</summary>
    public long Length { get; private set; }

    /// <summary>The answer without the package: <c>data</c> is an empty text in it.</summary>
    /// <exception cref="JsonException">It is not an answer of this protocol.</exception>
    public async Task<JsonDocument> ReadAsync(Stream body, CancellationToken ct)
    {
        var buffer = new byte[Block];
        for (int read; (read = await body.ReadAsync(buffer, ct).ConfigureAwait(false)) > 0;)
        {
            for (var i = 0; i < read; i++)
            {
                Take(buffer[i]);
                if (_held == Block) await WriteAsync(isLast: false, ct).ConfigureAwait(false);
            }
        }
        await WriteAsync(isLast: true, ct).ConfigureAwait(false);
        return JsonDocument.Parse(_rest.WrittenMemory.ToArray());
    }

    private void Take(byte b)
    {
        if (!_isInData || b == '"') Keep(b);
        if (_isInData) TakeData(b);
        else if (_isInText) TakeText(b);
        else if (b == '"')
        {
            _isInData = BeginsData();
            _isInText = !_isInData;
        }
        else if (b is (byte)'{' or (byte)'[') _depth++;
        else if (b is (byte)'}' or (byte)']') _depth--;
    }

    private void TakeText(byte b)
    {
        if (_isEscaped) _isEscaped = false;
        else if (b == '\\') _isEscaped = true;
        else if (b == '"') _isInText = false;
    }

    private void TakeData(byte b)
    {
        if (_isEscaped) TakeEscape(b);
        else if (b == '\\') _isEscaped = true;
        else if (b == '"') _isInData = false;
        else _base64[_held++] = b;
    }

    /// <summary>Writers escape a slash or a plus sign as they like; escaped line ends mean nothing.</summary>
    private void TakeEscape(byte b)
    {
        if (_escape.Length == 0 && b != 'u')
        {
            if (b == '/') _base64[_held++] = b;
            _isEscaped = false;
            return;
        }
        _escape.Append((char)b);
        if (_escape.Length < 5) return;
        if (!ushort.TryParse(_escape.ToString(1, 4), System.Globalization.NumberStyles.HexNumber, null, out var character) || character > '~') throw new JsonException("data is not base64.");
        _base64[_held++] = (byte)character;
        _escape.Clear();
        _isEscaped = false;
    }

    /// <summary>What was kept last is the member's name and a colon, and the text that begins here is its value.</summary>
    private bool BeginsData()
    {
        if (_depth != 1) return false;
        var before = _rest.WrittenSpan[..^1].TrimEnd(" \r\n\t"u8);
        return before.EndsWith(":"u8) && before[..^1].TrimEnd(" \r\n\t"u8).EndsWith("\"data\""u8);
    }

    private void Keep(byte b)
    {
        if (_rest.WrittenCount == LongestRest) throw new JsonException("The answer is too long beside its package.");
        _rest.GetSpan(1)[0] = b;
        _rest.Advance(1);
    }

    private async Task WriteAsync(bool isLast, CancellationToken ct)
    {
        // Also skips line ends between the letters, as some writers make them.
        var status = Base64.DecodeFromUtf8(_base64.AsSpan(0, isLast ? _held : _held - Tail), _bytes, out var consumed, out var written, isLast);
        if (status == OperationStatus.InvalidData || (isLast && status != OperationStatus.Done)) throw new JsonException("data is not base64.");
        await target.WriteAsync(_bytes.AsMemory(0, written), ct).ConfigureAwait(false);
        Length += written;
        _base64.AsSpan(consumed, _held - consumed).CopyTo(_base64);
        _held -= consumed;
    }
}
