using System.Diagnostics;
using System.IO.Pipelines;
using DocExchange.Hub.Operations;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace DocExchange.Hub.Edges.Rejected;

/// <summary>
/// One connection's answer to a rejected request. The server says that it rejects one (a diagnostic event) before it writes its empty answer;
/// from then on, this connection's output is ours and what the server writes is dropped.
/// </summary>
internal sealed class RejectedAnswer
{
    private const string Event = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    /// <summary>The bytes to send instead; null while no request of this connection was rejected.</summary>
    public byte[]? Bytes { get; private set; }

    /// <summary>To be the last before the server's own: behind TLS.</summary>
    public static ConnectionDelegate Wrap(ConnectionDelegate next) => connection =>
    {
        var answer = new RejectedAnswer();
        connection.Features.Set(answer);
        connection.Transport = new Line(connection.Transport.Input, new AnsweringWriter(connection.Transport.Output, answer));
        return next(connection);
    };

    /// <summary>Listens for the server's word on rejected requests, and for nothing else that is told there.</summary>
    public static IDisposable Listen(DiagnosticListener server, HubOptions options) =>
        server.Subscribe(new Observer(options), static name => name == Event);

    private void Reject(IFeatureCollection request, HubOptions options)
    {
        // An answer that has begun is the edge's; one that was abandoned half-way must not look whole.
        if (request.Get<IHttpResponseFeature>()?.HasStarted != false || request.Get<IBadRequestExceptionFeature>()?.Error is not BadHttpRequestException fault) return;
        Bytes = RejectedRequests.AnswerTo(request.Get<IHttpRequestFeature>()?.Path, fault, options);
    }

    private sealed record Line(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Observer(HubOptions options) : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> told)
        {
            if (told.Key == Event && told.Value is IFeatureCollection request) request.Get<RejectedAnswer>()?.Reject(request, options);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
