using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Demo;

/// <summary>What a newcomer sees after the start: where it is, with which credentials, and three things to try.</summary>
internal static class Welcome
{
    public static Task ShowAsync(HubApplication hub)
    {
        var demo = DemoData.Read(hub.Options);
        var data = hub.Options.Data;
        var elsewhere = hub.Address == "http://127.0.0.1:8080" ? "" : $" --hub {hub.Address}";
        var folder = data == "./data" ? "" : $" --data {data}";
        var text = $"""

            DocExchange is ready.
              look-up page        {hub.Address}/
              axis SDK endpoint   {hub.Address}/vxp   (and {hub.Address}/)
              JSON interface      {hub.Address}/api/v1
              health              {hub.Address}/health/ready
              data folder         {Path.GetFullPath(data)}
            {string.Concat(hub.Options.Axes.Select(axis => $"  axis {axis.Key,-14} {axis.Value.Address}\n"))}
            """;
        if (demo is not null)
        {
            text += $"""
            Demo credentials (random for this folder, kept in {DemoData.CredentialsFile}):
            {string.Join(Environment.NewLine, People(demo).Select(p => $"  {p.Role,-18}  {p.Who.User} / {p.Who.Password}"))}
            {string.Join(Environment.NewLine, demo.Systems.Select(s => $"  {s.SystemId,-18}  secret {s.Secret}"))}

            Three things to try in another terminal:
              ./dex inbox --as {DemoData.DepartmentSystem}{elsewhere}{folder}
              ./dex send schemas/samples/accepted-demo-letter.edxml --as {DemoData.ProvinceSystem}{elsewhere}{folder}
              ./dex track DOCID --as {DemoData.ProvinceSystem}{elsewhere}{folder}   (DOCID: what send printed)

            """;
        }
        Console.WriteLine(text + "Ctrl-C stops the hub; the data folder stays.");
        return Task.CompletedTask;
    }

    private static IEnumerable<(string Role, DemoData.PersonCredentials Who)> People(DemoData.Credentials demo)
    {
        yield return ("operator", demo.Operator);
        yield return ("clerk", demo.Clerk);
        // Folders of earlier versions have none.
        if (demo.Auditor is { } auditor) yield return ("auditor", auditor);
    }
}
