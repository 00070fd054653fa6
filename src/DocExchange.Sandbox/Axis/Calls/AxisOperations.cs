using DocExchange.Axis.Protocol;

namespace DocExchange.Sandbox.Axis.Calls;

/// <summary>Every operation of the protocol, by name.</summary>
internal sealed class AxisOperations
{
    private readonly Dictionary<string, (string Method, Func<AxisCall, Task<AxisAnswer>> Run)> _all;

    public AxisOperations(SendDesk sending, MailboxDesk mailboxes, DirectoryDesk directory) =>
        _all = new(StringComparer.OrdinalIgnoreCase)
        {
            [VxpOperations.GetAgenciesList] = ("POST", directory.ListAsync),
            [VxpOperations.GetAgenciesListQD20] = ("POST", directory.ListQD20Async),
            [VxpOperations.GetSynchronizeUnit] = ("POST", directory.ListUnitsAsync),
            [VxpOperations.RegisterAgency] = ("POST", directory.RegisterAsync),
            [VxpOperations.DeleteAgency] = ("POST", directory.DeleteAsync),
            [VxpOperations.SendEdoc] = ("POST", sending.SendAsync),
            [VxpOperations.GetReceivedEdocList] = ("POST", mailboxes.ListAsync),
            [VxpOperations.GetEdoc] = ("POST", mailboxes.GetAsync),
            [VxpOperations.DownloadEdoc] = ("GET", mailboxes.DownloadAsync),
            [VxpOperations.UpdateStatus] = ("POST", mailboxes.UpdateStatusAsync),
            [VxpOperations.GetSentEdocList] = ("POST", sending.ListAsync),
            [VxpOperations.CountReceiveEdoc] = ("POST", call => mailboxes.CountAsync(call, VxpNames.MessageEdoc)),
            [VxpOperations.CountReceiveStatus] = ("POST", call => mailboxes.CountAsync(call, VxpNames.MessageStatus)),
        };

    public bool Has(string operation, string method) => _all.TryGetValue(operation, out var known) && HttpMethods.Equals(known.Method, method);

    public Task<AxisAnswer> RunAsync(AxisCall call) => _all[call.Operation].Run(call);
}
