namespace DocExchange.Cli;

/// <summary>A command line, split into operands and options. Options may stand anywhere; <c>--</c> ends them.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, List<string>> _options = new(StringComparer.Ordinal);
    private readonly List<string> _operands = [];

    public IReadOnlyList<string> Operands => _operands;

    /// <summary>Null where an optional operand was left out.</summary>
    public string? Operand(int index) => index < _operands.Count ? _operands[index] : null;

    public bool Has(string name) => _options.ContainsKey(name);

    /// <summary>The value of an option, the last one where it was repeated; null when absent.</summary>
    public string? this[string name] => _options.TryGetValue(name, out var values) ? values[^1] : null;

    /// <summary>The values of a repeatable option; each may itself be a list with commas.</summary>
    public IReadOnlyList<string> All(string name) => _options.TryGetValue(name, out var values)
        ? [.. values.SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))]
        : [];

    /// <param name="known">Each as it stands in the help: <c>--json</c>, or <c>--hub URL</c> where it takes a value. <c>-o</c> is <c>--output</c>.</param>
    public static Arguments Parse(IReadOnlyList<string> words, IReadOnlyCollection<string> known)
    {
        var takesValue = known.Select(option => option.Split(' ', 2)).ToDictionary(parts => parts[0], parts => parts.Length > 1, StringComparer.Ordinal);
        var arguments = new Arguments();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word == "--")
            {
                arguments._operands.AddRange(words.Skip(i + 1));
                break;
            }
            if (word.Length < 2 || word[0] != '-')
            {
                arguments._operands.Add(word);
                continue;
            }
            var parts = word.StartsWith("--", StringComparison.Ordinal) ? word.Split('=', 2) : [word];
            var name = parts[0] switch { "-o" => "--output", "-h" => "--help", var given => given };
            if (!takesValue.TryGetValue(name, out var valued))
                throw CommandFailed.Usage($"The option {name} is not known here.", $"Không có tùy chọn {name} cho lệnh này.");
            if (!valued && parts.Length > 1)
                throw CommandFailed.Usage($"The option {name} takes no value.", $"Tùy chọn {name} không nhận giá trị.");
            var value = !valued ? "" : parts.Length > 1 ? parts[1] : i + 1 < words.Count ? words[++i]
                : throw CommandFailed.Usage($"The option {name} needs a value.", $"Tùy chọn {name} cần một giá trị.");
            if (!arguments._options.TryGetValue(name, out var values)) arguments._options[name] = values = [];
            values.Add(value);
        }
        return arguments;
    }

    /// <summary>Checks the operands against their description: <c>DOCID CODE [FILE]</c>.</summary>
    public void Require(string operands)
    {
        var named = operands.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var required = named.Count(name => name[0] != '[');
        if (_operands.Count < required)
            throw CommandFailed.Usage($"{named[_operands.Count]} is missing.", $"Thiếu {named[_operands.Count]}.");
        if (_operands.Count > named.Length)
            throw CommandFailed.Usage($"\"{_operands[named.Length]}\" is one word too many.", $"Thừa \"{_operands[named.Length]}\".");
    }
}
