namespace DocExchange.Core.Signing.Verdicts;

/// <summary>What a signature, or a document by its signatures, is worth (QĐ 28/2018 art. 4, NĐ 30/2020 art. 5).</summary>
public sealed record LegalClass(string Name, string English, string Vietnamese)
{
    public static readonly LegalClass LegallySigned = new("legally-signed", "Legally signed", "Đã ký số hợp lệ");

    public static readonly LegalClass InformationOnly = new("information-only", "For information only", "Chỉ có giá trị tham khảo");

    public static readonly LegalClass Broken = new("broken", "Signature broken", "Chữ ký số bị hỏng");

    public static IReadOnlyList<LegalClass> All { get; } = [LegallySigned, InformationOnly, Broken];

    public static LegalClass? Named(string? name) => All.FirstOrDefault(one => one.Name == name);
}
