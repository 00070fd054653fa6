using System.Globalization;
using System.Text;
using DocExchange.Benchmarks.Scenarios;

namespace DocExchange.Benchmarks.Reporting;

/// <summary>The figures as Markdown.</summary>
internal static class Report
{
    public static string Size(long bytes) => bytes >= 1024 * 1024 ? $"{bytes / (1024 * 1024)} MB" : $"{bytes / 1024} kB";

    public static string Progress(Cell cell) => string.Create(CultureInfo.InvariantCulture,
        $"{Size(cell.Size),6} x {cell.Clients,2}{(cell.KeepAlive ? "    " : " new")}  hub {cell.Hub.PerSecond,8:F1}/s  drain {cell.Drain.PerSecond,8:F1}/s  ratio {cell.OfDrain:F3}");

    public static string Render(Figures figures)
    {
        var text = new StringBuilder();
        AppendPlace(text, figures);
        if (figures.Cells.Count > 0) AppendCells(text, figures);
        AppendOthers(text, figures);
        AppendTargets(text, figures);
        AppendChecks(text, figures);
        return text.ToString();
    }

    private static void AppendPlace(StringBuilder text, Figures figures)
    {
        var machine = figures.Machine;
        Line(text, $"Measured {machine.At:yyyy-MM-dd HH:mm} UTC on {machine.Cores} × {machine.Processor}, {machine.MemoryGigabytes:F0} GB, Linux {machine.Kernel}, {machine.Runtime}; load generator, servers and disk share these cores.");
        Line(text, $"Load average before {machine.LoadAverage}, after {figures.Finished?.LoadAverage}. Data folder on {figures.Disk.FileSystem} ({figures.Disk.Device}); append of 4 kB with fdatasync: p50 {figures.Disk.SyncP50:F2} ms, p99 {figures.Disk.SyncP99:F2} ms. {figures.Seconds:0.#} s per cell and side.");
        text.AppendLine();
    }

    private static void AppendCells(StringBuilder text, Figures figures)
    {
        text.AppendLine("| Size | Clients | Connection | Hub docs/s | p50 ms | p99 ms | p99.9 ms | Drain docs/s | Append docs/s | Append p99 ms | Hub / drain | Hub / append | Hub CPU ms/doc | Drain CPU ms/doc | Client CPU ms/doc | Hub RSS MB |");
        text.AppendLine("|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var cell in figures.Cells)
        {
            var append = cell.Append is { } a ? string.Create(CultureInfo.InvariantCulture, $"{Rate(a.PerSecond)} | {a.P99:F1}") : "– | –";
            var ofAppend = cell.OfAppend is { } share ? share.ToString("F2", CultureInfo.InvariantCulture) : "–";
            Line(text, $"| {Size(cell.Size)} | {cell.Clients} | {(cell.KeepAlive ? "kept" : "new per call")} | **{Rate(cell.Hub.PerSecond)}** | {cell.Hub.P50:F1} | {cell.Hub.P99:F1} | {cell.Hub.P999:F1} | {Rate(cell.Drain.PerSecond)} | {append} | **{cell.OfDrain:F2}** | {ofAppend} | {cell.HubCpu:F2} | {cell.DrainCpu:F2} | {cell.ClientCpu:F2} | {cell.ResidentMegabytes:F0} |");
        }
        text.AppendLine();
    }

    private static void AppendOthers(StringBuilder text, Figures figures)
    {
        foreach (var door in figures.Doors)
        {
            Line(text, $"- Through {door.Edge}, {Size(door.Size)}, 16 clients: {Rate(door.PerSecond)}/s beside {Rate(door.VxpPerSecond)}/s through the axis SDK's edge: {door.OfVxp:F2}.");
        }
        if (figures.FanOut is { } fan)
        {
            Line(text, $"- Fan-out: {fan.OneCpu:F2} ms of CPU for a document to one recipient, {fan.ManyCpu:F1} ms to {fan.Recipients:N0}: {fan.MicrosecondsPerRecipient:F0} µs per further recipient. {fan.Documents} documents, {fan.Bodies} bodies stored.");
        }
        if (figures.Memory is { } memory)
        {
            Line(text, $"- Memory: warmed process {memory.Before:F0} MB; one package of 500 MB adds at most {memory.SendAdds:F0} MB while it is sent and {memory.FetchAdds:F0} MB while it is fetched ({memory.Fetched}); 64 concurrent sends of 10 MB add {memory.ConcurrentAdds:F0} MB to {memory.ConcurrentBefore:F0} MB.");
        }
        if (figures.Directory is { } directory) AppendDirectory(text, directory);
        if (figures.Evidence is { } evidence)
        {
            Line(text, $"- Evidence: {Rate(evidence.WithLog)} documents/s of 10 kB at 64 clients, {Rate(evidence.WithoutLog)} in turns with a null log: {evidence.Share:F2}. {evidence.Entries:N0} receipts exported at {Rate(evidence.ExportedPerSecond)}/s ({evidence.Megabytes:F0} MB; the process grew by at most {evidence.AddedMegabytes:F0} MB), verified offline by a new process at {Rate(evidence.VerifiedPerSecond)}/s (its peak {evidence.Plain.PeakMegabytes:F0} MB), with all {evidence.Deep.Batches:N0} batch signatures at {Rate(evidence.DeepPerSecond)}/s ({evidence.Deep.PeakMegabytes:F0} MB).");
        }
        if (figures.Axis is { } axis) AppendAxis(text, axis);
        if (figures.Signatures is { } signatures) AppendSignatures(text, signatures);
        if (figures.Papers is { } papers) AppendPapers(text, papers);
        if (figures.Start is { } start)
        {
            Line(text, $"- Start to ready on a store of {start.Documents:N0} documents ({start.Megabytes:F0} MB, filled in {start.SeedSeconds:F0} s): median {start.Median:F2} s, worst of five {start.Worst:F2} s, after kill -9 {start.AfterKill:F2} s.");
        }
        if (figures.RestartSeconds is { } restart) Line(text, $"- Start to ready on the folder of this run: {restart:F2} s.");
        text.AppendLine();
    }

    private static void AppendSignatures(StringBuilder text, SignatureFigures figures)
    {
        foreach (var pdf in figures.Pdfs)
        {
            Line(text, $"- PDF of {Size(pdf.Size)} with {pdf.Signatures} signature(s): verified in {pdf.Milliseconds:F1} ms (median; worst {pdf.WorstMilliseconds:F1} ms), {pdf.AllocatedKilobytes:F0} kB allocated.");
        }
        Line(text, $"- Package signature over {figures.XmlMegabytes:F1} MB and 25,000 elements: {figures.XmlClass.ToString().ToUpperInvariant()} in {figures.XmlMilliseconds:F1} ms. Looking for a signature in a PDF of 10 MB that has none: {figures.SearchMilliseconds:F2} ms.");
    }

    private static void AppendPapers(StringBuilder text, PaperFigures figures) =>
        Line(text, $"- Marks of secrecy looked for in a PDF of 100 kB: {figures.SecrecyMilliseconds[0]:F2} ms, of 10 MB: {figures.SecrecyMilliseconds[1]:F1} ms. Signature of an XML file of 1 MB: {figures.XmlMilliseconds:F1} ms, of a Word file with a picture of 1 MB: {figures.OfficeMilliseconds:F1} ms.");

    private static void AppendDirectory(StringBuilder text, DirectoryFigures figures)
    {
        Import("added", figures.Added);
        Import("changed", figures.Changed);
        Line(text, $"- Directory of {figures.Entries:N0}: look-up by code or alias {figures.LookUpNanoseconds:N0} ns; search by name p95 {figures.SearchP95:F2} ms; a changed entry {figures.ChangeMilliseconds:F2} ms (p95); whole list over HTTP {figures.ListSeconds:F2} s for {figures.ListMegabytes:F0} MB, adding {figures.ListAddsMegabytes:F0} MB to the process; in memory {figures.Megabytes:F0} MB, read from the store in {figures.LoadSeconds:F2} s; start to ready {figures.StartSeconds:F2} s.");

        void Import(string what, ImportFigures import) => Line(text, $"- Import, {figures.Entries:N0} rows {what}, beside 16 clients sending 10 kB: {import.Seconds:F1} s; p99 of acceptance {import.During.P99:F1} ms, without it {import.Alone.P99:F1} ms (ratio {import.P99Ratio:F2}); {Rate(import.During.PerSecond)} documents/s, without it {Rate(import.Alone.PerSecond)}.");
    }

    private static void AppendAxis(StringBuilder text, AxisFigures figures)
    {
        foreach (var way in figures.Ways)
        {
            Line(text, $"- Hub to axis to hub, {Size(way.Size)}, {way.Documents:N0} documents: **{Rate(way.PerSecond)}** documents/s from the first call to the last arrival; the same client code against the axis without hubs {Rate(way.CeilingPerSecond)}/s: {way.OfCeiling:F2}.");
        }
        Line(text, $"- With an idle axis, {figures.Idle.Documents} documents one by one: the axis has a document {figures.Idle.OutP50:F1} ms (p50) and {figures.Idle.OutP99:F1} ms (p99) after the sender's acknowledgement; the other hub has it {figures.Idle.InP50:F0} ms and {figures.Idle.InP99:F0} ms after the axis, asking every second.");
        Line(text, $"- A backlog of {figures.Drain.Documents:N0} documents of 10 kB, gathered while the axis was away, drains at {Rate(figures.Drain.PerSecond)} documents/s with {figures.Drain.Concurrency} calls at once.");
    }

    private static void AppendTargets(StringBuilder text, Figures figures)
    {
        text.AppendLine("| Target | Wanted | Found | |");
        text.AppendLine("|---|---:|---:|---|");
        foreach (var target in Targets.Of(figures)) Line(text, $"| {target.What} | {target.Wanted} | {target.Found} | {(target.Met ? "met" : "**missed**")} |");
        text.AppendLine();
    }

    private static void AppendChecks(StringBuilder text, Figures figures)
    {
        if (figures.Checks.Count == 0) return;
        var (acknowledged, receipts, signatures) = (figures.Checks.Sum(c => c.Acknowledged), figures.Checks.Sum(c => c.Receipts), figures.Checks.Sum(c => c.Signatures));
        var (bytes, seconds) = (figures.Checks.Sum(c => c.BodyBytes), figures.Checks.Sum(c => c.Duration.TotalSeconds));
        Line(text, $"Checked afterwards: {acknowledged:N0} acknowledgements, exactly these documents in the stores; {bytes / (1024.0 * 1024):N0} MB of originals read back and hashed; {receipts:N0} log entries proved to be in their signed checkpoint, and of each of {signatures:N0} checkpoints a receipt fetched and verified; {receipts / seconds:N0} entries/s.");
    }

    private static string Rate(double perSecond) => perSecond.ToString(perSecond < 100 ? "F1" : "N0", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
