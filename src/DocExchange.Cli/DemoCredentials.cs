using System.Text.Json;

namespace DocExchange.Cli;

/// <summary>What a demo hub leaves in its data folder: <c>demo-credentials.json</c>.</summary>
internal sealed record DemoCredentials(DemoOperator? Operator, IReadOnlyList<DemoSystem>? Systems)
{
    public const string FileName = "demo-credentials.json";

    public static readonly DemoCredentials None = new(null, null);

    /// <summary><see cref="None"/> when the folder has no such file.</summary>
    public static DemoCredentials Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return None;
        try
        {
            return JsonSerializer.Deserialize<DemoCredentials>(File.ReadAllBytes(path), JsonSerializerOptions.Web) ?? None;
        }
        catch (JsonException)
        {
            throw CommandFailed.Usage($"{path} is not a file of demo credentials.", $"{path} không phải là tệp thông tin đăng nhập mẫu.");
        }
    }

    public DemoSystem? System(string? systemId) => Systems?.FirstOrDefault(system => system.SystemId == systemId);
}

internal sealed record DemoOperator(string User, string Password);

internal sealed record DemoSystem(string SystemId, string Secret, string? ApiKey);
