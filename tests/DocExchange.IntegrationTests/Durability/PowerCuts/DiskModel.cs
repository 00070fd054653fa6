using DocExchange.IntegrationTests.Durability.Tracing;

namespace DocExchange.IntegrationTests.Durability.PowerCuts;

/// <summary>A file system that knows of every name and byte whether it would survive a power cut at this moment.</summary>
internal sealed class DiskModel
{
    private readonly string root;
    private readonly DiskRules rules;
    private readonly DiskDirectory top;
    private readonly List<NameChange> pendingNames = [];
    private readonly Dictionary<FileSynced, DiskNode> syncing = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, string> movedTo = new(StringComparer.Ordinal);

    /// <param name="existing">A folder whose present content is durable; the traced data folder starts as its copy. Null for an empty one.</param>
    public DiskModel(string root, DiskRules rules, string? existing = null)
    {
        (this.root, this.rules) = (root, rules);
        top = new DiskDirectory(root);
        if (existing is not null)
        {
            Load(top, existing);
        }
    }

    public IReadOnlyList<NameChange> PendingNames => pendingNames;

    public DiskDirectory Top => top;

    /// <summary>A call was made. Everything but a sync may take effect from here on, so it is pending from here on.</summary>
    public void Issued(SyscallEvent call)
    {
        if (call is FileSynced { Everything: false } sync)
        {
            // Found now: another thread may rename the file while the sync runs.
            syncing[sync] = sync.Path == root ? top : NodeOrMoved(sync.Path) ?? throw Unknown(sync, sync.Path);
        }

        if (call.Failed)
        {
            return;
        }

        switch (call)
        {
            case FileOpened open:
                Open(open);
                break;
            case FileWritten write:
                File(write.Path, write).Write(write, write.Offset, write.Written);
                break;
            case FileResized resize:
                var file = File(resize.Path, resize);
                if (!resize.OnlyGrows || resize.Size > file.SeenSize)
                {
                    file.Resize(resize, resize.Size);
                }

                break;
            case DirectoryMade made:
                Add(made, made.Path, new DiskDirectory(made.Path));
                break;
            case NameMoved moved:
                Add(moved, moved.To, Node(moved.From) ?? throw Unknown(moved, moved.From));
                Remove(moved, moved.From);
                movedTo[moved.From] = moved.To;
                break;
            case NameLinked linked:
                Add(linked, linked.Added, Node(linked.Existing) ?? throw Unknown(linked, linked.Existing));
                break;
            case NameRemoved removed:
                Remove(removed, removed.Path);
                break;
        }
    }

    /// <summary>A call returned: only now a sync counts.</summary>
    public void Returned(SyscallEvent call)
    {
        if (call is not FileSynced sync)
        {
            return;
        }

        if (sync.Everything)
        {
            foreach (var file in Files(top).Distinct())
            {
                file.Synced(sync);
            }

            Keep(sync, _ => true);
            return;
        }

        syncing.Remove(sync, out var node);
        (node as DiskFile)?.Synced(sync);
        if (rules.Names == NameOrder.Journalled)
        {
            Keep(sync, _ => true);
        }
        else if (node is DiskDirectory directory)
        {
            Keep(sync, change => change.Directory == directory);
        }
        else if (rules.FileSyncKeepsNewName)
        {
            Keep(sync, change => change.Node == node);
        }
    }

    private void Keep(FileSynced sync, Predicate<NameChange> concerned) => pendingNames.RemoveAll(change =>
    {
        var covered = !sync.Failed && concerned(change) && change.Cause.End < sync.Begin;
        if (covered)
        {
            change.ApplyTo(change.Directory.Durable);
        }

        return covered;
    });

    private void Open(FileOpened open)
    {
        if (Node(open.Path) is DiskFile existing)
        {
            if (open.Truncates && existing.SeenSize > 0)
            {
                existing.Resize(open, 0);
            }
        }
        else if (open.MayCreate && Node(open.Path) is null)
        {
            Add(open, open.Path, new DiskFile());
        }
    }

    private void Add(SyscallEvent cause, string path, DiskNode node) => Change(new NameChange(cause, Parent(cause, path), Path.GetFileName(path), node));

    private void Remove(SyscallEvent cause, string path) => Change(new NameChange(cause, Parent(cause, path), Path.GetFileName(path), null));

    private void Change(NameChange change)
    {
        pendingNames.Add(change);
        change.ApplyTo(change.Directory.Seen);
    }

    private DiskDirectory Parent(SyscallEvent cause, string path) => Node(Path.GetDirectoryName(path)!) as DiskDirectory ?? throw Unknown(cause, path);

    private DiskFile File(string path, SyscallEvent cause) =>
        NodeOrMoved(path) as DiskFile ?? throw Unknown(cause, path);

    // The kernel may have named the file a moment before a rename in another thread took effect.
    private DiskNode? NodeOrMoved(string path) => Node(path) ?? (movedTo.TryGetValue(path, out var later) ? Node(later) : null);

    private DiskNode? Node(string path)
    {
        DiskNode? node = top;
        foreach (var name in path[root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = (node as DiskDirectory)?.Seen.GetValueOrDefault(name);
        }

        return node;
    }

    private static InvalidOperationException Unknown(SyscallEvent call, string path) =>
        new($"{path} is not known to the model at {call}: the record must begin before the data folder has content, or be given a copy of that content.");

    private static IEnumerable<DiskFile> Files(DiskDirectory directory) =>
        directory.Seen.Values.SelectMany(node => node is DiskDirectory inner ? Files(inner) : [(DiskFile)node]);

    private static void Load(DiskDirectory directory, string from)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(from))
        {
            var name = Path.GetFileName(path);
            DiskNode node = Directory.Exists(path) ? new DiskDirectory(Path.Combine(directory.Path, name)) : DiskFile.WithDurable(System.IO.File.ReadAllBytes(path));
            directory.Durable[name] = directory.Seen[name] = node;
            if (node is DiskDirectory inner)
            {
                Load(inner, path);
            }
        }
    }
}

/// <summary>A name that appears (<paramref name="Node"/>) or goes (null) in a directory. A rename is one of each.</summary>
internal sealed record NameChange(SyscallEvent Cause, DiskDirectory Directory, string Name, DiskNode? Node)
{
    public void ApplyTo(Dictionary<string, DiskNode> names)
    {
        if (Node is null)
        {
            names.Remove(Name);
        }
        else
        {
            names[Name] = Node;
        }
    }
}
