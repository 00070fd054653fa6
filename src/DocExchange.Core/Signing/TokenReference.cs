using System.Text.Json;
using System.Text.Json.Serialization;

namespace DocExchange.Core.Signing;

/// <summary>
/// Where a key on a PKCS#11 token is: everything but the PIN, which is read from a file or a variable of the environment each time the key is
/// opened and stands nowhere else.
/// </summary>
/// <param name="Key">RFC 7512, without a PIN: <c>pkcs11:token=hub;object=receipts;type=private</c>.</param>
/// <param name="Chain">PEM, the key's certificate first, every issuer up to and including the root.</param>
/// <param name="PinFile">Its text, without a line end, is the PIN; null when a variable has it.</param>
/// <param name="PinVariable">Name of the variable; null when a file has it.</param>
public sealed record TokenReference(string Key, string Chain, string? PinFile, string? PinVariable)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <exception cref="KeyStoreException">It is no such file.</exception>
    public static TokenReference Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<TokenReference>(File.ReadAllText(path), Form)?.Checked() ?? throw new KeyStoreException($"{path} is empty.");
        }
        catch (JsonException fault)
        {
            throw new KeyStoreException($"{path} does not say where the key is: {fault.Message}", fault);
        }
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Form);

    /// <summary>This, when it can be used.</summary>
    /// <exception cref="KeyStoreException">It names no token, holds a PIN, or does not say where the PIN is.</exception>
    public TokenReference Checked()
    {
        if (Key?.StartsWith("pkcs11:", StringComparison.Ordinal) != true) throw new KeyStoreException("The key on the token must be named as pkcs11:token=NAME;object=NAME;type=private.");
        if (Key.Contains("pin-", StringComparison.OrdinalIgnoreCase)) throw new KeyStoreException("The key's address must hold no PIN: give a file or a variable that has it.");
        if (string.IsNullOrWhiteSpace(Chain)) throw new KeyStoreException("The chain of the token's key is missing.");
        if (PinFile is null == PinVariable is null) throw new KeyStoreException("The PIN must be in a file or in a variable of the environment, one of them.");
        return this;
    }

    /// <exception cref="KeyStoreException">There is none.</exception>
    internal string ReadPin()
    {
        var pin = PinVariable is { } name ? Environment.GetEnvironmentVariable(name) : File.Exists(PinFile) ? File.ReadAllText(PinFile).TrimEnd('\r', '\n') : null;
        return string.IsNullOrEmpty(pin) ? throw new KeyStoreException($"There is no PIN in {PinVariable ?? PinFile}.") : pin;
    }
}
