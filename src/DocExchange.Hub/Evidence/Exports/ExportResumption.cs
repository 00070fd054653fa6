using DocExchange.Core.Parties;
using DocExchange.Core.Ports;

namespace DocExchange.Hub.Evidence.Exports;

/// <summary>At the start: exports that the last stop interrupted are made.</summary>
internal sealed class ExportResumption(ExportDesk desk, CurrentParties parties, ILogStore log, TimeProvider time) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        desk.ResumeAsync(words => ExportWish.TryParse(words, parties.Book.Directory, log.Epochs, time.GetUtcNow(), out _), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
