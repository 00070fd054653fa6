namespace DocExchange.Sandbox.OpenId;

/// <summary>Somebody who can sign in at the sandbox' provider, by pressing a button.</summary>
/// <param name="Subject">What a hub links an account to.</param>
public sealed record SandboxPerson(string Subject, string Name)
{
    /// <summary>The demonstration's people, and one whom no hub knows.</summary>
    public static readonly IReadOnlyList<SandboxPerson> All =
    [
        new("demo-vanthu", "Văn thư Sở Tư pháp (mẫu)"), new("demo-vanhanh", "Quản trị trục (mẫu)"), new("demo-kiemtra", "Cán bộ kiểm tra (mẫu)"), new("demo-nguoila", "Người chưa được cấp quyền (mẫu)"),
    ];
}
