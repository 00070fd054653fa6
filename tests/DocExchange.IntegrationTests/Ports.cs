using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace DocExchange.IntegrationTests;

/// <summary>Ports for programs that bind them later: below those the system hands out, so that no neighbour's connection takes them meanwhile.</summary>
internal static class Ports
{
    private const int First = 20_000;
    private const int Last = 32_000;

    /// <summary>Of two test classes at once, one could be given what the other has not bound yet.</summary>
    private static readonly ConcurrentDictionary<int, byte> Given = [];

    /// <summary>The first of so many free ones in a row.</summary>
    public static int Free(int inARow = 1)
    {
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            if (Enumerable.Range(port, inARow).All(one => IsFree(one) && Given.TryAdd(one, 0))) return port;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
