using System.IO.Pipelines;
using System.Xml.Linq;
using DocExchange.Core;
using DocExchange.Core.Intake;
using DocExchange.Core.Problems;

namespace DocExchange.Hub.Edges.Soap.Exchange;

/// <summary>Sending a package: the elements before it say how, the package itself goes to the desk as it arrives.</summary>
internal sealed class SendOperation(IntakeDesk desk)
{
    private static readonly StreamPipeReaderOptions Reading = new(bufferSize: 64 * 1024, minimumReadSize: 16 * 1024);

    public async Task<SoapReply> SendAsync(SoapCall call)
    {
        var arguments = new SoapArguments("To", "Key", "Digest");
        if (!await FindPackageAsync(call.Request.Message.Xml, arguments).ConfigureAwait(false)) return new SoapReply.Refused(arguments.Problem ?? new Problem(ProblemCatalogue.RequestIncomplete, PackageElement.Name));
        var check = DigestCheck(arguments);
        var key = arguments.Key("documents");
        if (arguments.Problem is { } problem) return new SoapReply.Refused(problem);

        if (call.Signed is { LeavesPackageOut: true } && check is null) return new SoapReply.Refused(new Problem(ProblemCatalogue.MessageSignatureUnsound, PackageElement.Name));
        var package = await PackageElement.OpenAsync(call.Request, call.Cancelled).ConfigureAwait(false);
        if (call.Signed?.Body is { } signed)
        {
            package = new SignedPackage(package, signed);
            var announced = check;
            check = digest => signed.IsAsSigned() && announced?.Invoke(digest) != false;
        }
        await using (package.ConfigureAwait(false))
        {
            var body = PipeReader.Create(package, Reading);
            var submission = new Submission { Caller = call.System, Body = body, IsAnnouncedDigest = check, OnlyTo = arguments.OnlyTo, Key = key };
            var result = await desk.AcceptAsync(submission, call.Cancelled).ConfigureAwait(false);
            await body.CompleteAsync().ConfigureAwait(false);
            Milestones.Reached(Milestones.BeforeReply);
            return ReplyOf(result, "SendDocumentResponse");
        }
    }

    /// <summary>The result of the desk in this dialect.</summary>
    public static SoapReply ReplyOf(IntakeResult result, string response)
    {
        if (result is IntakeResult.Refused refused) return new SoapReply.Refused(refused.Problem, refused.Receipt);
        var accepted = (IntakeResult.Accepted)result;
        var names = SoapCall.Names;
        return SoapReply.Of(response,
            new XElement(names + "DocId", accepted.Receipt.DocId),
            new XElement(names + "ReceiptId", accepted.Receipt.Id),
            new XElement(names + "Repeated", accepted.Repeated),
            accepted.Warnings.Select(w => new XElement(names + "Warning", new XElement(names + "Code", w.Code), new XElement(names + "Field", w.Path),
                w.Value is null ? null : new XElement(names + "Value", Problem.Shown(w.Value)))));
    }

    /// <summary>Reads what stands before the package; false when there is none.</summary>
    private static async Task<bool> FindPackageAsync(SoapXml xml, SoapArguments arguments)
    {
        if (xml.IsEmpty) return false;
        var depth = xml.Depth;
        while (await xml.NextChildAsync(depth).ConfigureAwait(false))
        {
            if (xml.Name == SoapCall.Names + PackageElement.Name) return true;
            arguments.Take(await xml.ReadElementAsync().ConfigureAwait(false));
        }
        return false;
    }

    private static Func<ReadOnlyMemory<byte>, bool>? DigestCheck(SoapArguments arguments)
    {
        if (arguments.Optional("Digest") is not { } text) return null;
        var digest = new byte[32];
        if (text.Length == 64 && Convert.FromHexString(text, digest, out _, out _) == System.Buffers.OperationStatus.Done) return actual => actual.Span.SequenceEqual(digest);
        arguments.Refuse("Digest");
        return null;
    }
}
