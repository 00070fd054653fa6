using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using DocExchange.Axis.Protocol;

namespace DocExchange.Benchmarks.Limits;

/// <summary>
/// What HTTP alone costs: the same Kestrel, told to read the same POST to its end and to answer with as many bytes. Neither hashes nor
/// parses nor stores.
/// </summary>
internal static class DrainServer
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        // The default root is the working directory, watched for changed settings with everything below it: also the hub's data folder.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, arguments.Number("port", 0));
        });
        var web = builder.Build();
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        VxpJson.Sent(output, new string('0', 24));
        var answer = output.WrittenMemory;
        web.Run(async http =>
        {
            var body = http.Request.BodyReader;
            while (true)
            {
                var read = await body.ReadAsync();
                body.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }
            http.Response.ContentType = VxpJson.ContentType;
            http.Response.ContentLength = answer.Length;
            await http.Response.BodyWriter.WriteAsync(answer);
        });
        await web.RunAsync();
        return 0;
    }
}
