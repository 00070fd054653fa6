using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DocExchange.Hub.Edges.Rest.Description;

/// <summary>Endpoint metadata: a parameter the handler reads by itself, for the description.</summary>
/// <param name="Place"><c>header</c> or <c>query</c>.</param>
internal sealed record TakenParameter(string Name, string Place, string Description, bool Required = false);

/// <summary>Completes what the framework cannot see: parameters read by hand, and bodies that are bytes.</summary>
internal sealed class TakenParameters : IOpenApiOperationTransformer
{
    public static readonly TakenParameter Key = new("Idempotency-Key", "header", "1 to 255 ASCII characters. The same request under it gets the first answer again; another one is refused.");
    public static readonly TakenParameter Tus = new("Tus-Resumable", "header", "1.0.0", Required: true);

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var taken in context.Description.ActionDescriptor.EndpointMetadata.OfType<TakenParameter>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = taken.Name,
                In = taken.Place == "query" ? ParameterLocation.Query : ParameterLocation.Header,
                Description = taken.Description,
                Required = taken.Required,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
        foreach (var (type, body) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
        {
            if (type == "multipart/form-data") body.Schema = await PartsAsync(context, cancellationToken).ConfigureAwait(false);
            else if (!type.Contains("json", StringComparison.Ordinal)) body.Schema = Binary();
        }
        foreach (var response in operation.Responses ?? [])
        {
            foreach (var (type, body) in response.Value.Content ?? new Dictionary<string, OpenApiMediaType>())
            {
                if (type == "application/xml") body.Schema = Binary();
            }
        }
    }

    private static async Task<IOpenApiSchema> PartsAsync(OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = await context.GetOrCreateSchemaAsync(typeof(DocumentMetadata), null, cancellationToken).ConfigureAwait(false);
        context.Document?.AddComponent(nameof(DocumentMetadata), metadata);
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { "metadata" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["metadata"] = new OpenApiSchemaReference(nameof(DocumentMetadata), context.Document),
                ["file"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Binary() },
            },
        };
    }

    private static OpenApiSchema Binary() => new() { Type = JsonSchemaType.String, Format = "binary" };
}
