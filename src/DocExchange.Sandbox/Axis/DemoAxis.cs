using System.Text;
using DocExchange.Core;
using DocExchange.Sandbox.Axis.Correspondents;
using DocExchange.Sandbox.Axis.Parties;

namespace DocExchange.Sandbox.Axis;

/// <summary>The axis of a demonstration: one province's system, whose secret is made at random and kept beside the sandbox, and organisations that answer.</summary>
public static class DemoAxis
{
    public const string SystemId = "000.00.00.H30";
    public const string SecretFile = "axis.secret";
    private const int PaceMs = 3000;

    /// <param name="folder">The sandbox's own; the secret's file is for its owner only.</param>
    public static SandboxAxisOptions In(string folder)
    {
        DurableFile.CreateDirectory(folder);
        var file = Path.Combine(folder, SecretFile);
        if (!File.Exists(file)) DurableFile.Write(file, Encoding.ASCII.GetBytes(Ids.Secret() + "\n"));
        return new SandboxAxisOptions
        {
            Folder = folder,
            Organs = [.. SampleOrgans.Province, .. SampleOrgans.All],
            Systems = [new AxisSystem(SystemId, File.ReadAllText(file).Trim(), SampleOrgans.Province.Select(organ => organ.Code).ToArray())],
            Correspondents = SampleCorrespondents.All(PaceMs),
        };
    }
}
