using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DocExchange.Core.Parties;
using DocExchange.Core.Signing;
using DocExchange.IntegrationTests.Hub;
using DocExchange.IntegrationTests.Rest;

namespace DocExchange.IntegrationTests.Agencies;

/// <summary>Calls of an operator.</summary>
internal static class DirectoryCalls
{
    public const string Operator = "danhba";
    private const string Password = "mat-khau-mau-1234";

    public static Task AddOperatorAsync(this TestHub hub) =>
        hub.PartyStore.SaveAccountAsync(new Account(0, Operator, PasswordHash.Make(Password), Role.Operator, null), "test", default);

    public static Task<RestReply> ImportAsync(this TestHub hub, string file, string query = "", string type = "text/csv") =>
        hub.OperatorAsync(HttpMethod.Post, "directory/import" + query, new StringContent(file, Encoding.UTF8, MediaTypeHeaderValue.Parse(type)));

    public static async Task<RestReply> OperatorAsync(this TestHub hub, HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(hub.Address, "/api/v1/" + path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Operator}:{Password}")));
        using var response = await hub.Http.SendAsync(request);
        return new RestReply((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Headers, response.Content.Headers);
    }

    public static (int Added, int Changed, int Ended, int Unchanged, int Wrong) Counts(this JsonElement report) =>
        (report.GetProperty("added").GetInt32(), report.GetProperty("changed").GetInt32(), report.GetProperty("ended").GetInt32(),
            report.GetProperty("unchanged").GetInt32(), report.GetProperty("wrongRows").GetInt32());

    /// <summary>A directory of so many units below one root, as CSV, units before their parents.</summary>
    public static string Many(int count, string name = "Đơn vị")
    {
        var file = new StringBuilder("code,name,parent,route,aliases\n");
        for (var i = count; i >= 1; i--)
        {
            file.Append(System.Globalization.CultureInfo.InvariantCulture, $"Q{i % 50:00}.{i},{name} số {i} của bộ {i % 50},Q{i % 50:00},axis:national,{i:000000}.Q{i % 50:00}\n");
        }
        for (var i = 0; i < 50; i++) file.Append(System.Globalization.CultureInfo.InvariantCulture, $"Q{i:00},Bộ {i},,axis:national,\n");
        return file.ToString();
    }
}
