using System.Xml;

namespace DocExchange.Core.Signing.Envelopes;

/// <summary>The elements of an envelope that may be signed, by id; each once.</summary>
internal sealed class SignedParts
{
    private readonly Dictionary<string, XmlElement> _allowed = new(StringComparer.Ordinal);
    private readonly HashSet<XmlElement> _taken = [];

    public SignedParts(XmlElement root, IEnumerable<XmlElement> allowed)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (XmlElement element in root.SelectNodes("//*")!)
        {
            foreach (XmlAttribute attribute in element.Attributes)
            {
                // Another reader might find the other one.
                if (attribute.LocalName.Equals("id", StringComparison.OrdinalIgnoreCase) && !seen.Add(attribute.Value)) throw new UnsoundSignatureException($"Id {Problems.Problem.Shown(attribute.Value)}");
            }
        }
        foreach (var element in allowed.Distinct())
        {
            foreach (XmlAttribute attribute in element.Attributes)
            {
                if (attribute.LocalName == "Id") _allowed[attribute.Value] = element;
            }
        }
    }

    /// <summary>The element that a reference names.</summary>
    public XmlElement Take(string uri)
    {
        if (!uri.StartsWith('#') || !_allowed.TryGetValue(uri[1..], out var element) || !_taken.Add(element)) throw new UnsoundSignatureException($"Reference {Problems.Problem.Shown(uri)}");
        return element;
    }

    public bool Took(XmlElement element) => _taken.Contains(element);
}
