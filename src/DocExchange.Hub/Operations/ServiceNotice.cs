using System.Net.Sockets;
using System.Text;

namespace DocExchange.Hub.Operations;

/// <summary>Tells the service manager that the hub answers, or is ending (sd_notify(3)). Nothing where there is no such manager.</summary>
internal static class ServiceNotice
{
    public static void Send(string state)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 1 } path) return;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        // A leading @ is a name outside the file system, written as a zero byte.
        socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path));
    }
}
