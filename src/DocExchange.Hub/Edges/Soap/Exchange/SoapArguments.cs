using System.Globalization;
using System.Text;
using System.Xml.Linq;
using DocExchange.Core.Intake;
using DocExchange.Core.Problems;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>
/// The simple elements of a request by name. One that the operation does not know, or that stands there twice, is the request's problem: passed
/// over, a misspelt one would silently change what is asked.
/// </summary>
internal sealed class SoapArguments
{
    private const int LongestKey = 255;

    private readonly Dictionary<string, string> _texts = [];
    private readonly List<string> _receivers = [];
    private readonly string[] _known;

    public SoapArguments(params string[] known) => _known = known;

    /// <summary>The first thing that is wrong; null while nothing is.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>The receivers named by repeated <c>To</c> elements; null = everybody in the package.</summary>
    public IReadOnlyList<string>? OnlyTo => _receivers.Count == 0 ? null : _receivers;

    public static SoapArguments Of(XElement request, params string[] known)
    {
        var arguments = new SoapArguments(known);
        foreach (var element in request.Elements()) arguments.Take(element);
        return arguments;
    }

    public void Take(XElement element)
    {
        var name = element.Name.LocalName;
        if (element.Name.Namespace != SoapCall.Names || !_known.Contains(name) || element.HasElements) Wrong(name);
        else if (name == "To") _receivers.Add(element.Value.Trim());
        else if (!_texts.TryAdd(name, element.Value.Trim())) Wrong(name);
    }

    /// <summary>Null where the element is absent or empty.</summary>
    public string? Optional(string name) => _texts.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;

    public string Required(string name) => Optional(name) ?? Wrong(name);

    public string? OneOf(string name, params string[] words)
    {
        if (Optional(name) is not { } word) return null;
        if (!words.Contains(word)) Problem ??= new Problem(ProblemCatalogue.ProtocolWordUnknown, name, word, string.Join(", ", words));
        return word;
    }

    public int Number(string name, int otherwise, int most)
    {
        if (Optional(name) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most) return number;
        Wrong(name);
        return otherwise;
    }

    public long? Long(string name)
    {
        if (Optional(name) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        Wrong(name);
        return null;
    }

    /// <summary>An xs:dateTime; without a zone it is Vietnam's time.</summary>
    public DateTimeOffset Time(string name)
    {
        var text = Required(name);
        if (Core.VietnamTime.TryParse(text, out var local)) return local;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && text.Contains('T', StringComparison.Ordinal)) return time;
        Wrong(name);
        return default;
    }

    /// <summary>The caller's key for a repeatable request, with what else the request asks for.</summary>
    public RequestKey? Key(string operation)
    {
        if (Optional("Key") is not { } key) return null;
        if (key.Length > LongestKey || !key.All(c => c is >= ' ' and <= '~')) Wrong("Key");
        var others = _texts.Where(text => text.Key != "Key").Select(text => $"{text.Key}={text.Value}").Concat(_receivers).Order(StringComparer.OrdinalIgnoreCase);
        return new RequestKey(key, Encoding.UTF8.GetBytes(operation + "\n" + string.Join('\n', others)));
    }

    /// <summary>What the element holds cannot be used.</summary>
    public void Refuse(string name) => Wrong(name);

    private string Wrong(string name)
    {
        Problem ??= new Problem(ProblemCatalogue.RequestIncomplete, name);
        return "";
    }
}
