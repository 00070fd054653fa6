namespace DocExchange.Core.Parties;

/// <summary>How strictly a calling system's packages are judged: agencies of the province strictly, peers (axis, other hubs) leniently.</summary>
public enum Profile { Agency, Peer }
