using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace DocExchange.Hub.Edges.Rest.Description;

/// <summary>The OpenAPI document of what systems may call, made from the endpoints; schemas/openapi.json is its checked-in copy.</summary>
internal static class ApiDescription
{
    private const string Name = "v1";

    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.ShouldInclude = endpoint => endpoint.ActionDescriptor.EndpointMetadata.OfType<CallerNeeded>().Any(c => c.Kind is CallerKind.System or CallerKind.SystemOrOperator);
        options.AddOperationTransformer<TakenParameters>();
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "DocExchange",
                Version = "1",
                Description = "Sending, receiving and following official documents. Every refusal is a problem (RFC 9457) with a stable code; docs/problems.md explains each.",
            };
            // Where it runs is the installation's affair, and no part of a file that is compared.
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["apiKey"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "systemid.secret, as the operator issued it" },
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("apiKey", document)] = [] }];
            return Task.CompletedTask;
        });
    });

    public static void MapApiDescription(this WebApplication web)
    {
        web.MapOpenApi("/api/openapi.json").WithMetadata(new CallerNeeded(CallerKind.Anyone));
        web.MapGet("/api/docs", (Delegate)ApiPage.ShowAsync).WithMetadata(new CallerNeeded(CallerKind.Anyone)).ExcludeFromDescription();
        web.MapGet("/api/docs.css", ApiPage.ShowStyle).WithMetadata(new CallerNeeded(CallerKind.Anyone)).ExcludeFromDescription();
    }

    /// <summary>The document as it is served.</summary>
    public static async Task<string> WriteAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var document = await services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync(cancellationToken).ConfigureAwait(false);
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken).ConfigureAwait(false);
    }
}
