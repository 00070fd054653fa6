namespace DocExchange.Sandbox.Axis.Parties;

/// <summary>An organisation that packages can be addressed to.</summary>
/// <param name="OldCode">Its code of the earlier notation; packages may name it by either.</param>
/// <param name="Parent">The code above it.</param>
/// <param name="Locked">Packages to it are refused (code 23).</param>
public sealed record AxisOrgan(string Code, string Name, string? OldCode = null, string? Parent = null, string? Mail = null, bool Locked = false);

/// <summary>An organisation as the directory shows it.</summary>
/// <param name="Version">Grows with each change.</param>
/// <param name="IsDeleted">getSynchronizeUnit shows it still; nobody can be addressed by it.</param>
public sealed record ListedOrgan(int Id, AxisOrgan Organ, int Version, DateTimeOffset ChangedAt, bool IsDeleted);

/// <summary>A system that calls the axis.</summary>
/// <param name="Serves">The organisations it sends and receives for; when empty, the one whose code is the system's id.</param>
public sealed record AxisSystem(string SystemId, string Secret, params IReadOnlyList<string> Serves)
{
    /// <summary>Shows no secret.</summary>
    public override string ToString() => SystemId;
}
