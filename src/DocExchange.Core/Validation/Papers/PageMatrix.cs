namespace DocExchange.Core.Validation.Papers;

/// <summary>A transformation of the page (ISO 32000-1 §8.3.3).</summary>
internal readonly record struct PageMatrix(double A, double B, double C, double D, double E, double F)
{
    public static readonly PageMatrix Identity = new(1, 0, 0, 1, 0, 0);

    public static PageMatrix Move(double x, double y) => new(1, 0, 0, 1, x, y);

    /// <summary>This first, then the other.</summary>
    public PageMatrix Then(PageMatrix other) => new(
        (A * other.A) + (B * other.C), (A * other.B) + (B * other.D), (C * other.A) + (D * other.C), (C * other.B) + (D * other.D),
        (E * other.A) + (F * other.C) + other.E, (E * other.B) + (F * other.D) + other.F);
}
