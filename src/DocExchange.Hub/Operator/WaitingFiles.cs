using System.Collections.Concurrent;
using DocExchange.Core;
using DocExchange.Hub.Agencies;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Operator;

/// <summary>A file that an operator has put down and not yet confirmed.</summary>
/// <param name="At">When; entries that the file lacks end at that moment, so that what is confirmed is what was shown.</param>
internal sealed record WaitingFile(string Id, string Path, string Name, AgencyFileFormat Format, ImportWish Wish, DateTimeOffset At)
{
    /// <summary>Set when it was applied.</summary>
    public ImportReport? Applied { get; init; }
}

/// <summary>
/// Files between upload and confirmation, for an hour, readable by the hub alone: they may name persons. None outlives the process that
/// took it.
/// </summary>
internal sealed class WaitingFiles
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, WaitingFile> _files = [];
    private readonly string _folder;
    private readonly TimeProvider _time;

    public WaitingFiles(HubOptions options, TimeProvider time)
    {
        (_folder, _time) = (System.IO.Path.Combine(System.IO.Path.GetFullPath(options.Data), "imports"), time);
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    public async Task<WaitingFile> AddAsync(IFormFile upload, AgencyFileFormat format, ImportWish wish, CancellationToken cancellationToken)
    {
        foreach (var old in _files.Values.Where(f => f.At + Patience < _time.GetUtcNow())) Forget(old);
        Directory.CreateDirectory(_folder);
        var id = Ids.New();
        var path = System.IO.Path.Combine(_folder, id);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        await using (file.ConfigureAwait(false)) await upload.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
        return _files[id] = new WaitingFile(id, path, upload.FileName, format, wish, _time.GetUtcNow());
    }

    public WaitingFile? Find(string id) => _files.GetValueOrDefault(id);

    /// <summary>Keeps what was done, without the file.</summary>
    public void Done(WaitingFile file, ImportReport report)
    {
        _files[file.Id] = file with { Applied = report };
        File.Delete(file.Path);
    }

    private void Forget(WaitingFile file)
    {
        _files.TryRemove(file.Id, out _);
        File.Delete(file.Path);
    }
}
