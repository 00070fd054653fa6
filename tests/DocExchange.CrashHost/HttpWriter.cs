using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DocExchange.CrashHost;

/// <summary>
/// A stand-in for the hub: Kestrel on a free port; POST /N stores the body as row N (over 64 kB as file and row) and answers 200 after the commit.
/// Prints "listening PORT"; ends when standard input closes.
/// </summary>
internal static class HttpWriter
{
    private const int SmallLimit = 64 * 1024;

    public static async Task<int> RunAsync(VerbArguments arguments)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        await using var app = builder.Build();
        using var rows = RowStore.Open(arguments.Data, arguments.Text("sync", "FULL"));
        var bodies = BodyFolder.Open(arguments.Data, syncFiles: true, arguments.Text("dirsync", "on") == "on");
        using var writer = new SemaphoreSlim(1);
        app.MapPost("/{number:int}", async (int number, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            await writer.WaitAsync();
            try
            {
                var content = body.ToArray();
                if (content.Length > SmallLimit)
                {
                    bodies.Put($"body-{number:d6}", content);
                    content = [];
                }

                await Task.Run(() => rows.Add(number, content));
            }
            finally
            {
                writer.Release();
            }

            return Results.Text($"stored {number}");
        });
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Console.WriteLine($"listening {new Uri(address).Port}");
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
        return 0;
    }
}
