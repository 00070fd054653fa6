using DocExchange.Core.Packages;

namespace DocExchange.Hub.Edges.Multipart;

/// <summary>What one part holds. The framework tells a message that ended inside it by an exception of its own; here it becomes the refusal.</summary>
internal sealed class PartBody(Stream section) : ForwardStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await section.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (RelatedReader.IsOfTheMessage(fault))
        {
            throw RelatedReader.Refused("end");
        }
    }
}
