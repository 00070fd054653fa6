namespace DocExchange.Sandbox.Axis.Correspondents;

/// <summary>Organisations of different temper, for a demonstration.</summary>
public static class SampleCorrespondents
{
    /// <param name="delayMs">Before each word.</param>
    public static IReadOnlyList<Correspondent> All(int delayMs) =>
    [
        new("G22") { Scripts = ["01 03 04 05 06"], DelayMs = delayMs },
        new("G12") { Scripts = ["03 05 06", "02"], DelayMs = delayMs, Form = StatusForm.StatusElement },
        new("G14") { Scripts = ["02"], DelayMs = delayMs, AgreesToChanges = false },
        new("G17") { Scripts = ["01 03"], DelayMs = delayMs, Recalls = 1 },
        new("H14") { Scripts = ["01"], DelayMs = delayMs },
        new("H17") { Scripts = ["01 03 04", "01 02", "03 04 05 06"], DelayMs = delayMs, Form = StatusForm.IntegerCodes },
        new("H41") { Scripts = [""], DelayMs = delayMs, AgreesToChanges = null },
        new("H46") { Scripts = ["fail", "01 03"], DelayMs = delayMs },
        new("H53") { Scripts = ["hold", "01 03 06"], DelayMs = delayMs },
    ];
}
