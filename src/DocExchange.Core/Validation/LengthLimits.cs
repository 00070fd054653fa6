namespace DocExchange.Core.Validation;

/// <summary>
/// Longest texts in characters (Unicode scalar values, not bytes): edXML 2.0 as peers check it and NĐ 30/2020 annex VI part II; where
/// sources disagree the larger value.
/// </summary>
public sealed record LengthLimits
{
    public static readonly LengthLimits Default = new();

    public int OrganizationInCharge { get; init; } = 500;
    public int OrganName { get; init; } = 200;
    public int OrganAdd { get; init; } = 500;
    public int Email { get; init; } = 100;
    public int Telephone { get; init; } = 50;
    public int Fax { get; init; } = 50;
    public int Website { get; init; } = 100;
    public int CodeNumber { get; init; } = 11;
    public int CodeNotation { get; init; } = 30;
    public int PromulgationPlace { get; init; } = 50;
    public int TypeName { get; init; } = 100;
    public int Subject { get; init; } = 500;
    public int Content { get; init; } = 500;
    public int Competence { get; init; } = 100;
    public int Position { get; init; } = 100;
    public int FullName { get; init; } = 50;
    public int ToPlace { get; init; } = 150;
    public int SphereOfPromulgation { get; init; } = 100;
    public int TyperNotation { get; init; } = 10;
    public int DocumentId { get; init; } = 200;
    public int BusinessReason { get; init; } = 500;
    public int Department { get; init; } = 300;
    public int Staff { get; init; } = 300;
    public int Mobile { get; init; } = 30;
    public int AttachmentName { get; init; } = 500;

    /// <summary>What the hub writes itself; a longer reason is stored whole and warned about.</summary>
    public int StatusDescription { get; init; } = 1000;
}
