namespace DocExchange.Core.Evidence;

public enum CheckOutcome
{
    Passed,
    Failed,
    NotChecked,

    /// <summary>Nothing is wrong with the bytes, but what they claim rests on a key that others had.</summary>
    Unproven,
}

/// <summary>One claim of a receipt and what became of it.</summary>
public sealed record ReceiptCheck(string Name, CheckOutcome Outcome, string English, string Vietnamese);

/// <summary>The checks in order; those after the first that made going on pointless are absent.</summary>
public sealed record ReceiptVerdict(IReadOnlyList<ReceiptCheck> Checks, ReceiptParts? Receipt, Checkpoint? Checkpoint)
{
    /// <summary>Nothing failed or is unproven. Without trusted roots this says that the receipt is whole, not who made it.</summary>
    public bool Valid => Checks.All(check => check.Outcome is CheckOutcome.Passed or CheckOutcome.NotChecked);

    /// <summary>Valid, and the signer's chain ends at a root the reader named.</summary>
    public bool Trusted => Checks.All(check => check.Outcome == CheckOutcome.Passed);
}
