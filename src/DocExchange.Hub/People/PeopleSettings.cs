using DocExchange.Core.Parties;

namespace DocExchange.Hub.People;

/// <summary>How strictly people are let in and watched, section <c>DocExchange:People</c>.</summary>
public sealed class PeopleSettings
{
    /// <summary>Roles that must have a second factor: without one they reach only the page where they enrol it.</summary>
    public Role[] SecondFactorFor { get; set; } = [];

    /// <summary>Whether acts that destroy need a second person; null = in Production.</summary>
    public bool? FourEyes { get; set; }
}
