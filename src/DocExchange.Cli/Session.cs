using DocExchange.Axis.Calls;
using DocExchange.Client;
using DocExchange.Core.Evidence.Publishing;

namespace DocExchange.Cli;

/// <summary>
/// Who the command acts as, and at which hub: options first, then environment, then the demo credentials of the data folder.
/// Asked for only when a command needs it, so that a missing one names exactly what is missing.
/// </summary>
internal sealed class Session : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static readonly IReadOnlyList<string> CommonOptions =
        ["--hub URL", "--as SYSTEM", "--system ID", "--secret S", "--key KEY", "--user U:P", "--code N", "--data DIR", "--json", "--help"];

    private readonly Arguments _arguments;
    private readonly Surroundings _around;
    private readonly Lazy<HttpClient> _http;
    private readonly Lazy<DemoCredentials> _demo;

    public Session(Arguments arguments, Surroundings around)
    {
        (_arguments, _around) = (arguments, around);
        _http = new Lazy<HttpClient>(() => new HttpClient(around.Http(), disposeHandler: false) { Timeout = Patience });
        _demo = new Lazy<DemoCredentials>(() => DemoCredentials.Read(DataFolder));
        var hub = Given("--hub", "DEX_HUB") ?? "http://127.0.0.1:8080";
        Hub = Uri.TryCreate(hub, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw CommandFailed.Usage($"\"{hub}\" is no address of a hub; write http://host:port.", $"\"{hub}\" không phải địa chỉ trục; hãy viết http://máy:cổng.");
        Output = new Output(around.Out, arguments.Has("--json"));
    }

    public Uri Hub { get; }

    public Output Output { get; }

    public TimeProvider Time => _around.Time;

    /// <summary>The system that signs; a usage failure where none can be told.</summary>
    public string SystemId => _arguments["--system"] ?? _arguments["--as"] ?? _around.Variable("DEX_SYSTEM")
        ?? (_demo.Value.Systems is [var only] ? only.SystemId : null)
        ?? throw CommandFailed.Usage($"Which system? Write --as SYSTEM{Known}.", $"Với hệ thống nào? Hãy viết --as HỆ_THỐNG{Known}.");

    /// <summary>The exchange over the axis protocol, as <see cref="SystemId"/>.</summary>
    public VxpClient Exchange()
    {
        var address = new Uri(Hub.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/vxp");
        var secret = Credential("--secret", "DEX_SECRET", system => system.Secret)
            ?? throw Missing("signing secret", "khóa ký", "--secret", "DEX_SECRET");
        return new VxpClient(_http.Value, address, SystemId, secret, Time);
    }

    /// <summary>Tracking and receipts, as <see cref="SystemId"/>.</summary>
    public HubClient Tracking()
    {
        var key = _arguments["--key"] ?? Credential("--key", "DEX_KEY", system => system.ApiKey) ?? throw Missing("key", "khóa truy cập", "--key", "DEX_KEY");
        return HubClient.ForSystem(_http.Value, Hub, key);
    }

    /// <summary>The directory, as the operator.</summary>
    public HubClient Directory()
    {
        if (Given("--user", "DEX_USER") is { } given)
        {
            return given.Split(':', 2) is [var user, var password]
                ? HubClient.ForOperator(_http.Value, Hub, user, password)
                : throw CommandFailed.Usage("--user is written user:password.", "--user viết là tên:mật_khẩu.");
        }
        return _demo.Value.Operator is { } demo
            ? HubClient.ForOperator(_http.Value, Hub, demo.User, demo.Password)
            : throw CommandFailed.Usage(
                $"This needs the operator's account: --user U:P or DEX_USER; {DataFolder} has no {DemoCredentials.FileName}.",
                $"Lệnh này cần tài khoản quản trị: --user U:P hoặc DEX_USER; {DataFolder} không có {DemoCredentials.FileName}.");
    }

    /// <summary>The value, or the hub's refusal thrown.</summary>
    public static T Granted<T>(VxpAnswer<T> answer) => answer.Refusal is not { } refusal
        ? answer.Value!
        : throw new CommandFailed(ExitCode.Refused, $"Refused {refusal.Code}: {refusal.Text}", $"Bị từ chối, mã {refusal.Code}.");

    /// <summary>A published log, or what a witness keeps of one, in a folder or at an address.</summary>
    public LogSource Log(string place) => new(place, _http.Value);

    /// <summary>Standard output as bytes.</summary>
    public Stream RawOut() => _around.RawOut();

    public void Dispose()
    {
        if (_http.IsValueCreated) _http.Value.Dispose();
    }

    private string DataFolder => _arguments["--data"] ?? _around.Variable("DEX_DATA") ?? "data";

    private string Known => _demo.Value.Systems is { Count: > 0 } systems
        ? $": {string.Join(", ", systems.Select(system => system.SystemId))}"
        : " or --system ID --secret S";

    private string? Given(string option, string variable) => _arguments[option] ?? _around.Variable(variable);

    /// <summary>A variable belongs to the system of DEX_SYSTEM: a system named on the command line is looked up in the data folder first.</summary>
    private string? Credential(string option, string variable, Func<DemoSystem, string?> of)
    {
        if (_arguments[option] is { } given) return given;
        var named = _arguments.Has("--system") || _arguments.Has("--as");
        var demo = _demo.Value.System(SystemId) is { } system ? of(system) : null;
        return named ? demo ?? _around.Variable(variable) : _around.Variable(variable) ?? demo;
    }

    private CommandFailed Missing(string english, string vietnamese, string option, string variable) => CommandFailed.Usage(
        $"There is no {english} for {SystemId}: give {option} or {variable}, or --data with the hub's data folder.",
        $"Không có {vietnamese} của {SystemId}: hãy cho {option} hoặc {variable}, hoặc --data với thư mục dữ liệu của trục.");
}
