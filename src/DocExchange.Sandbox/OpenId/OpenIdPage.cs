using System.Net;
using System.Text;

namespace DocExchange.Sandbox.OpenId;

/// <summary>Where a person is chosen. It says what it is.</summary>
internal static class OpenIdPage
{
    public static string Of(string query)
    {
        var page = new StringBuilder("""
            <!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Sandbox sign-in</title>
            <style>body{font:16px/1.5 sans-serif;margin:2em auto;max-width:30em;padding:0 1em}button{display:block;width:100%;font:inherit;padding:.7em;margin:.5em 0;text-align:left}.mark{background:#fbf0d4;padding:.6em 1em}</style></head><body>
            <h1>Đăng nhập cơ quan (thử nghiệm)</h1>
            <p class="mark">This is a sandbox: nobody is checked here. <br>Đây là hệ thống thử nghiệm: không kiểm tra danh tính của ai.</p>

            """);
        page.Append("<form method=\"post\" action=\"/openid/authorize").Append(WebUtility.HtmlEncode(query)).Append("\">")
            .Append("<p><label><input type=\"checkbox\" name=\"mfa\"> Xác thực hai lớp / with a second factor</label></p>");
        foreach (var person in SandboxPerson.All) page.Append("<button name=\"person\" value=\"").Append(person.Subject).Append("\">").Append(WebUtility.HtmlEncode(person.Name)).Append("</button>");
        return page.Append("<button name=\"person\" value=\"\">Hủy / cancel</button></form></body></html>\n").ToString();
    }
}
