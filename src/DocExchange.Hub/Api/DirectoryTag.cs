using System.Globalization;
using DocExchange.Core.Routing;
using Microsoft.Net.Http.Headers;

namespace DocExchange.Hub.Api;

/// <summary>The entity tag of everything that is read from the directory: its last change.</summary>
internal static class DirectoryTag
{
    /// <summary>Sets the tag; true when the caller has this state already and is told so.</summary>
    public static bool IsKnown(HttpContext http, AgencyDirectory directory)
    {
        var tag = new EntityTagHeaderValue($"\"{directory.LastChange.ToString("x", CultureInfo.InvariantCulture)}-{directory.Count.ToString("x", CultureInfo.InvariantCulture)}\"");
        http.Response.Headers.ETag = tag.ToString();
        http.Response.Headers.CacheControl = "private, no-cache";
        if (!http.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(tag, useStrongComparison: false) || t.Equals(EntityTagHeaderValue.Any))) return false;
        http.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
