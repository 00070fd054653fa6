namespace DocExchange.IntegrationTests.Axes.TwoProvinces;

/// <summary>What goes wrong at the axis, all at once and all the time, each with a probability; as the sandbox takes it.</summary>
internal static class AxisTroubles
{
    public static readonly object[] All =
    [
        new { kind = "drop", operation = "sendEdoc", probability = 0.02, afterProcessing = true },
        new { kind = "serverError", operation = "sendEdoc", probability = 0.01, afterProcessing = true },
        new { kind = "hang", operation = "sendEdoc", probability = 0.002, afterProcessing = true },
        new { kind = "damage", operation = "sendEdoc", probability = 0.01 },
        new { kind = "refuse", operation = "sendEdoc", probability = 0.005, code = 20 },
        new { kind = "drop", probability = 0.01 },
        new { kind = "serverError", probability = 0.005 },
        new { kind = "foreignPage", probability = 0.005 },
        new { kind = "latency", probability = 0.02, delayMs = 100 },
        new { kind = "emptyBody", operation = "getReceivedEdocList", probability = 0.05 },
        new { kind = "maintenance", operation = "getReceivedEdocList", probability = 0.02 },
        new { kind = "reorder", operation = "getReceivedEdocList", probability = 0.3 },
        new { kind = "duplicate", operation = "getReceivedEdocList", probability = 0.2 },
        new { kind = "omit", operation = "getReceivedEdocList", probability = 0.2 },
        new { kind = "truncate", operation = "downloadEdoc", probability = 0.02 },
        new { kind = "slowBody", operation = "downloadEdoc", probability = 0.01, pieceBytes = 500, delayMs = 20 },
        new { kind = "drop", operation = "updateStatus", probability = 0.02, afterProcessing = true },
    ];
}
