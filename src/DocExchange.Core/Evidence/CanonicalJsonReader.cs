using System.Text;
using System.Text.Json;

namespace DocExchange.Core.Evidence;

/// <summary>
/// Reads members in a fixed order and knows no others. That everything is spelled the one way, a format checks by writing again what it read.
/// Throws <see cref="FormatException"/>, <see cref="JsonException"/> or <see cref="InvalidOperationException"/> at anything else.
/// </summary>
internal ref struct CanonicalJsonReader(ReadOnlySpan<byte> bytes)
{
    private Utf8JsonReader json = new(bytes);

    public void Start() => Next(JsonTokenType.StartObject);

    /// <summary>The end of the object, behind which nothing may stand.</summary>
    public void End()
    {
        Next(JsonTokenType.EndObject);
        if (json.Read()) throw new FormatException("something follows the end");
    }

    public string Text(string name)
    {
        Member(name);
        Next(JsonTokenType.String);
        return json.GetString()!;
    }

    public byte[] Utf8(string name) => Encoding.UTF8.GetBytes(Text(name));

    public byte[] Base64(string name)
    {
        Member(name);
        Next(JsonTokenType.String);
        return json.GetBytesFromBase64();
    }

    public long Number(string name)
    {
        Member(name);
        Next(JsonTokenType.Number);
        return json.GetInt64();
    }

    public List<byte[]> Base64s(string name, int atMost)
    {
        Member(name);
        Next(JsonTokenType.StartArray);
        var values = new List<byte[]>();
        while (json.Read() && json.TokenType == JsonTokenType.String)
        {
            if (values.Count == atMost) throw new FormatException($"{name} has more than {atMost} elements");
            values.Add(json.GetBytesFromBase64());
        }
        if (json.TokenType != JsonTokenType.EndArray) throw new FormatException($"{name} holds something else than strings");
        return values;
    }

    /// <summary>An array of objects, each read by <paramref name="read"/> from its first member to its last.</summary>
    public List<T> Objects<T>(string name, int atMost, ReadObject<T> read)
    {
        Member(name);
        Next(JsonTokenType.StartArray);
        var values = new List<T>();
        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            if (values.Count == atMost) throw new FormatException($"{name} has more than {atMost} elements");
            values.Add(read(ref this));
            Next(JsonTokenType.EndObject);
        }
        if (json.TokenType != JsonTokenType.EndArray) throw new FormatException($"{name} holds something else than objects");
        return values;
    }

    private void Member(string name)
    {
        Next(JsonTokenType.PropertyName);
        if (!json.ValueTextEquals(name)) throw new FormatException($"member {name} was expected");
    }

    private void Next(JsonTokenType type)
    {
        if (!json.Read() || json.TokenType != type) throw new FormatException($"{type} was expected at byte {json.TokenStartIndex}");
    }
}

/// <summary>Reads the members of one object.</summary>
internal delegate T ReadObject<T>(ref CanonicalJsonReader reader);
