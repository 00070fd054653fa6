using DocExchange.Core.Parties;
using DocExchange.Core.Signing;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.Clerk;

/// <summary>A hub with an operator, an auditor, a clerk of the department of justice and one of the health department, and some documents on their way.</summary>
public sealed class ClerkFixture : HubFixture, IAsyncLifetime
{
    public const string Password = "mat-khau-mau-1234";
    public const string Operator = "vanhanh";
    public const string Auditor = "kiemtra";

    /// <summary>Sees H30.12 and its unit.</summary>
    public const string Clerk = "vanthu";

    /// <summary>Sees H30.13.</summary>
    public const string HealthClerk = "vanthu.yte";

    internal string PlanId { get; private set; } = "";

    internal string ReportId { get; private set; } = "";

    internal Letter Plan { get; } = new()
    {
        Number = "108", Notation = "KH-UBND", To = ["H30.12", "H30.13"], Subject = "Kế hoạch chuyển đổi số năm 2025 trên địa bàn tỉnh", Date = "2024/12/27", Priority = "3",
        FileName = "ke-hoach-chuyen-doi-so.pdf",
    };

    internal Letter Report { get; } = new() { From = "H30.12", To = ["H30"], Number = "45", Notation = "BC-STP", Subject = "Báo cáo công tác tháng của Sở Tư pháp" };

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        var hash = PasswordHash.Make(Password);
        await Hub.PartyStore.SaveAccountAsync(new Account(0, Operator, hash, Role.Operator, null), "test", default);
        await Hub.PartyStore.SaveAccountAsync(new Account(0, Auditor, hash, Role.Auditor, null), "test", default);
        await Hub.PartyStore.SaveAccountAsync(new Account(0, Clerk, hash, Role.Clerk, Hub.Agency("H30.12").Id), "test", default);
        await Hub.PartyStore.SaveAccountAsync(new Account(0, HealthClerk, hash, Role.Clerk, Hub.Agency("H30.13").Id), "test", default);
        PlanId = (await Hub.SendAsync(Plan)).Ok().DocId;
        var copy = Assert.Single(await Hub.ListAsync(Health));
        await Hub.Client(Health).FetchAsync(copy.DocId, new MemoryStream());
        await Hub.Client(Health).ConfirmAsync(copy.DocId);
        ReportId = (await Hub.SendAsync(Report, TestHub.Department)).Ok().DocId;
        await Hub.SendAsync(new Letter { Number = "12", Notation = "GM-UBND", To = ["H30.13"], Subject = "Giấy mời họp Ban chỉ đạo phòng, chống dịch" });
        await Hub.SendAsync(new Letter { From = "G22", To = ["H30", "H30.12"], Number = "7816", Notation = "VPCP-TTĐT", Subject = "Kết nối, liên thông phần mềm quản lý văn bản" }, TestHub.Peer);
        foreach (var code in new[] { "03", "05" })
        {
            (await Hub.SendAsync(new StatusPaper(Plan, "H30.13", code) { Description = code == "05" ? "Phòng Kế hoạch đang xử lý" : "Đã nhận đủ tệp" }, Health)).Ok();
        }
    }
}
