using System.Text.Json;
using System.Text.Json.Serialization;

namespace DocExchange.Sandbox.Axis.Control;

/// <summary>JSON of the knobs, read so that a misspelt member is said and not passed over.</summary>
internal static class ControlBody
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static IResult Answer(object value) => Results.Json(value, Json);

    public static IResult Refusal(string sentence, int status = StatusCodes.Status400BadRequest) => Results.Json(new { error = sentence }, Json, statusCode: status);

    /// <summary>Reads the body as one value and answers with what becomes of it; 400 and a sentence when it cannot be read or is refused.</summary>
    public static async Task TakeAsync<T>(HttpContext http, Func<T, Task<object>> take) where T : class
    {
        var result = await ResultOfAsync(http, take).ConfigureAwait(false);
        await result.ExecuteAsync(http).ConfigureAwait(false);
    }

    /// <inheritdoc cref="TakeAsync{T}(HttpContext, Func{T, Task{object}})"/>
    public static Task TakeAsync<T>(HttpContext http, Func<T, object> take) where T : class => TakeAsync<T>(http, value => Task.FromResult(take(value)));

    private static async Task<IResult> ResultOfAsync<T>(HttpContext http, Func<T, Task<object>> take) where T : class
    {
        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Json, http.RequestAborted).ConfigureAwait(false);
            return value is null ? Refusal("The body is null.") : Answer(await take(value).ConfigureAwait(false));
        }
        catch (JsonException unreadable)
        {
            return Refusal(unreadable.Message);
        }
        catch (ArgumentException refused)
        {
            return Refusal(refused.Message);
        }
    }
}
