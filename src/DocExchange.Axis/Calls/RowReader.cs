using System.Buffers;
using System.Text.Json;

namespace DocExchange.Axis.Calls;

/// <summary>
/// Reads an answer whose member <c>data</c> is a list: each row is handed on when it has come, and nothing of it is kept, so that a list of
/// national size costs no memory. The list is known to be whole only when the answer has ended: until then nothing lasting may follow from
/// its rows. Used once.
/// </summary>
/// <param name="take">Gets every row that is an object; it is gone when this returns.</param>
internal sealed class RowReader(Action<JsonElement> take)
{
    /// <summary>A row may name thousands of receivers.</summary>
    private const int LongestRow = 1024 * 1024;

    private const int Block = 32 * 1024, LongestRest = 64 * 1024;

    private const string Data = "data";

    private readonly ArrayBufferWriter<byte> _rest = new();
    private JsonReaderState _state;
    private Place _place;
    private string? _member;

    private enum Place { Start, Members, Value, Rows, End }

    /// <summary>The answer without the rows: where <c>data</c> is a list, it is an empty one.</summary>
    /// <exception cref="JsonException">It is not an answer of this protocol, or it breaks off.</exception>
    public async Task<JsonDocument> ReadAsync(Stream body, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            using var rest = new Utf8JsonWriter(_rest);
            for (var (held, isLast) = (0, false); !isLast;)
            {
                if (held == buffer.Length) buffer = Longer(buffer);
                var read = await body.ReadAsync(buffer.AsMemory(held), ct).ConfigureAwait(false);
                isLast = read == 0;
                held += read;
                var used = Take(buffer.AsSpan(0, held), isLast, rest);
                held -= used;
                buffer.AsSpan(used, held).CopyTo(buffer);
            }
            rest.Flush();
            return JsonDocument.Parse(_rest.WrittenMemory.ToArray());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Longer(byte[] full)
    {
        if (full.Length >= LongestRow) throw new JsonException("A row of the list is too long.");
        var longer = ArrayPool<byte>.Shared.Rent(full.Length * 2);
        full.CopyTo(longer, 0);
        ArrayPool<byte>.Shared.Return(full);
        return longer;
    }

    /// <summary>Returns how many bytes are done with; the others come again with more behind them.</summary>
    private int Take(ReadOnlySpan<byte> bytes, bool isLast, Utf8JsonWriter rest)
    {
        // Some servers begin with the mark of UTF-8.
        var mark = _place == Place.Start && bytes.StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = new Utf8JsonReader(bytes[mark..], isLast, _state);
        while (true)
        {
            var before = reader;
            if (Step(ref reader, rest)) continue;
            _state = before.CurrentState;
            return mark + (int)before.BytesConsumed;
        }
    }

    /// <summary>False when more must come first.</summary>
    private bool Step(ref Utf8JsonReader reader, Utf8JsonWriter rest)
    {
        if (!reader.Read()) return false;
        switch (_place)
        {
            case Place.Start:
                if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("The answer is no object.");
                rest.WriteStartObject();
                _place = Place.Members;
                return true;
            case Place.Members when reader.TokenType == JsonTokenType.EndObject:
                rest.WriteEndObject();
                _place = Place.End;
                return true;
            case Place.Members:
                _member = reader.GetString()!;
                _place = Place.Value;
                return true;
            case Place.Value when _member == Data && reader.TokenType == JsonTokenType.StartArray:
                rest.WriteStartArray(Data);
                _place = Place.Rows;
                return true;
            case Place.Rows when reader.TokenType == JsonTokenType.EndArray:
                rest.WriteEndArray();
                _place = Place.Members;
                return true;
            default:
                return TryValue(ref reader, rest);
        }
    }

    private bool TryValue(ref Utf8JsonReader reader, Utf8JsonWriter rest)
    {
        if (!JsonDocument.TryParseValue(ref reader, out var value)) return false;
        using (value)
        {
            if (_place == Place.Rows)
            {
                if (value.RootElement.ValueKind == JsonValueKind.Object) take(value.RootElement);
                return true;
            }
            rest.WritePropertyName(_member!);
            value.RootElement.WriteTo(rest);
            if (rest.BytesCommitted + rest.BytesPending > LongestRest) throw new JsonException("The answer is too long beside its list.");
            _place = Place.Members;
            return true;
        }
    }
}
