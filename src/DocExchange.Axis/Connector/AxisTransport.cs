using System.Collections.Concurrent;
using System.Security.Cryptography;
using DocExchange.Axis.Calls;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Delivery;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Ports;

namespace DocExchange.Axis.Connector;

/// <summary>
/// Sends documents and status packages over an axis. A document's copy carries one TraceHeader more than its original, made once; every
/// attempt sends the same bytes to the same recipients, so that an axis or a receiver that knows them takes them for what they are.
/// </summary>
public sealed class AxisTransport(AxisLink link, IPackageStore packages, TimeProvider time) : ITransport
{
    /// <summary>An axis whose list never answers must not keep its documents for ever.</summary>
    private const int MostQuestions = 6;

    private const string NoSecret = "there is no secret for this axis";

    private readonly SentSearch _sent = new(link, time);

    /// <summary>How often a question about a call had no answer. Forgotten at a restart: then it is asked so often again.</summary>
    private readonly ConcurrentDictionary<long, int> _unanswered = [];

    public async Task<DeliveryOutcome> SendAsync(RelayCall call, CancellationToken cancellationToken)
    {
        if (link.Client is not { } client) return new DeliveryOutcome.Transient(NoSecret);
        try
        {
            if (call.InDoubt && await FindSentAsync(client, call, cancellationToken).ConfigureAwait(false) is { } known) return new DeliveryOutcome.Delivered(known);
            var package = await OpenAsync(call, cancellationToken).ConfigureAwait(false);
            if (package is null) return new DeliveryOutcome.Permanent("the content is not in the store");
            await using var reading = package.ConfigureAwait(false);
            // The package does not name a status' recipient; it is who sent the document it speaks of, and the axis finds that out as it always has.
            var to = call.Kind == MessageKind.Document ? call.Recipients.Select(r => r.Code).ToList() : null;
            var outcome = CallOutcomes.Of(await client.SendAsync(package, WordOf(call.Kind), call.Copy.Sender, to, cancellationToken).ConfigureAwait(false));
            // An axis that refuses what it has may be refusing just that.
            return call.InDoubt && outcome is DeliveryOutcome.Permanent { MayBeOneRecipient: false } no
                ? no with { Text = $"{no.Text} (an attempt before got no answer and may have arrived: look at the axis before requeueing)" }
                : outcome;
        }
        catch (UnreadablePackageException fault)
        {
            // This hub's disk is no outage of the axis.
            return new DeliveryOutcome.Transient($"the content cannot be read here: {fault.Message}") { NotBefore = TimeSpan.Zero };
        }
        catch (HttpRequestException fault)
        {
            return CallOutcomes.Of(fault);
        }
        catch (Exception fault) when (AxisFaults.IsOutage(fault, cancellationToken))
        {
            return new DeliveryOutcome.Unknown($"no answer within {link.Settings.TimeoutSeconds} s");
        }
        catch (ArgumentException fault)
        {
            return new DeliveryOutcome.Permanent($"the call cannot be signed: {fault.Message}");
        }
    }

    /// <summary>What the axis calls what it may have got before. A question that has no answer puts the call off, and from then on the call is made all the same.</summary>
    private async Task<string?> FindSentAsync(VxpClient client, RelayCall call, CancellationToken cancellationToken)
    {
        try
        {
            var known = await _sent.FindAsync(client, call, cancellationToken).ConfigureAwait(false);
            _unanswered.TryRemove(call.Id, out _);
            return known;
        }
        catch (Exception fault) when (AxisFaults.IsOutage(fault, cancellationToken) && _unanswered.AddOrUpdate(call.Id, 1, (_, times) => times + 1) > MostQuestions)
        {
            return null;
        }
    }

    private async Task<Stream?> OpenAsync(RelayCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await packages.OpenAsync(call.Copy.Digest, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException fault)
        {
            throw new UnreadablePackageException(fault);
        }
    }

    public async Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        if (link.Client is not { } client) return NoSecret;
        try
        {
            var answer = await client.ListAsync(VxpNames.MessageStatus, ct: cancellationToken).ConfigureAwait(false);
            return answer.Refusal is { } refusal ? $"code {refusal.Code}: {refusal.Text}" : null;
        }
        catch (Exception fault) when (AxisFaults.IsOutage(fault, cancellationToken))
        {
            return fault.Message;
        }
    }

    public MadeCopy MakeCopy(WaitingDocument document, Stream original)
    {
        var insertion = HopInsertion.Find(original);
        if (document.Kind == MessageKind.Status || !insertion.IsPossible) return new MadeCopy(null, document.Digest, insertion.Sender);
        var staged = packages.Stage(null);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            insertion.Write(original, link.Settings.SystemId, document.AcceptedAt, bytes =>
            {
                hash.AppendData(bytes);
                staged.Append(bytes);
            });
            staged.End();
            return new MadeCopy(staged, hash.GetHashAndReset(), insertion.Sender);
        }
        catch
        {
            staged.Dispose();
            throw;
        }
    }

    internal static string WordOf(MessageKind kind) => kind == MessageKind.Document ? VxpNames.MessageEdoc : VxpNames.MessageStatus;
}
