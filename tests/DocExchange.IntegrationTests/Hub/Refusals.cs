namespace DocExchange.IntegrationTests.Hub;

/// <summary>What every refusal owes its caller, checked on each of them.</summary>
internal static class Refusals
{
    /// <summary>An authenticated refusal: the code, both languages, a verifiable receipt naming the reason, and nothing left behind.</summary>
    public static async Task<VxpReply> RefusesAsync(
        this TestHub hub, Func<Task<VxpReply>> call, int axis, string code, int status = 200, string system = TestHub.Province)
    {
        var before = hub.CountLeftovers();

        var reply = await call();

        AssertRefused(reply, axis, code, status);
        Assert.Equal(before, hub.CountLeftovers());
        Assert.True(reply.ReceiptId is not null, "No receipt is named: " + reply.Description);
        var (_, entry) = await hub.ReceiptAsync(system, reply.ReceiptId!);
        Assert.Equal(code, entry.Reason);
        Assert.Equal(system, entry.Caller);
        return reply;
    }

    /// <summary>A caller who could not be authenticated: the same form, but no receipt.</summary>
    public static async Task<VxpReply> TurnsAwayAsync(this TestHub hub, Func<Task<VxpReply>> call, string code, int status = 200)
    {
        var before = hub.CountLeftovers();

        var reply = await call();

        AssertRefused(reply, 15, code, status);
        Assert.Equal(before, hub.CountLeftovers());
        Assert.Null(reply.ReceiptId);
        return reply;
    }

    private static void AssertRefused(VxpReply reply, int axis, string code, int status)
    {
        Assert.True(reply.Json.TryGetProperty("ErrorCode", out _), reply.Text);
        Assert.True(axis.ToString() == reply.Code && reply.Description.Contains("[" + code, StringComparison.Ordinal), $"Expected {axis} {code}, got {reply.Code} {reply.Description}");
        Assert.Equal(status, reply.Status);
        reply.WellFormed();
        Assert.Equal("FAIL", reply.Json.GetProperty("status").GetString());
        if (reply.Json.TryGetProperty("DocId", out var docId)) Assert.Equal("", docId.GetString());
        var end = reply.Description.IndexOf("] ", StringComparison.Ordinal);
        var (english, vietnamese) = (reply.Description[..end], reply.Description[end..]);
        Assert.Contains(" Fix: ", english, StringComparison.Ordinal);
        Assert.Contains(vietnamese, c => c > 127);
        // The client reads US-ASCII: Vietnamese arrives escaped.
        Assert.Contains("\\u", reply.Text, StringComparison.Ordinal);
    }
}
