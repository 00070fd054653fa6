namespace DocExchange.Core.Envelopes;

/// <summary>What kind of signature a file may hold, by marks seen while it streamed by. None: nothing to verify.</summary>
public enum SignatureHint { None, Pdf, Xml, Office }
