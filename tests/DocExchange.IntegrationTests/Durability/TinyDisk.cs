using System.Diagnostics;

namespace DocExchange.IntegrationTests.Durability;

/// <summary>
/// A small file system of its own, so that a disk can be full or turn read-only under a running process without harm to the machine: ext4 in an image file,
/// or tmpfs where loop devices are not allowed. Needs root.
/// </summary>
public sealed class TinyDisk : IDisposable
{
    private readonly string work;

    private TinyDisk(string work, bool isExt4) => (this.work, IsExt4) = (work, isExt4);

    /// <summary>Where to put the data folder.</summary>
    public string Path => System.IO.Path.Combine(work, "disk");

    /// <summary>False on tmpfs, which cannot turn read-only while files are open.</summary>
    public bool IsExt4 { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Null, with the reason, where mounting is not permitted.</summary>
    public static TinyDisk? TryMount(int megabytes, out string? whyNot)
    {
        var work = Directory.CreateTempSubdirectory("tiny-disk-").FullName;
        var disk = System.IO.Path.Combine(work, "disk");
        var image = System.IO.Path.Combine(work, "image");
        Directory.CreateDirectory(disk);
        using (var file = File.Create(image))
        {
            file.SetLength(megabytes * 1024L * 1024);
        }

        whyNot = Run("mkfs.ext4", "-q", "-m", "0", image) ?? Run("mount", "-o", "loop", image, disk);
        if (whyNot is null)
        {
            return new TinyDisk(work, isExt4: true);
        }

        var tmpfs = Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk);
        if (tmpfs is null)
        {
            whyNot = null;
            return new TinyDisk(work, isExt4: false);
        }

        whyNot = $"Mounting a disk of our own is not permitted here: {whyNot}; {tmpfs}";
        Directory.Delete(work, recursive: true);
        return null;
    }

    /// <summary>Takes all room but about <paramref name="leave"/> bytes.</summary>
    public void Fill(long leave = 0)
    {
        using (var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            var block = new byte[4096];
            try
            {
                while (true)
                {
                    filler.Write(block);
                    filler.Flush();
                }
            }
            catch (IOException)
            {
                filler.SetLength(Math.Max(0, filler.Length - leave));
                filler.Flush(flushToDisk: true);
            }
        }
    }

    public void Free() => File.Delete(Filler);

    /// <summary>What the system does after a write error to its journal: every later write, sync and new name fails, reads go on.</summary>
    public void TurnReadOnly()
    {
        if (Run("mount", "-o", "remount,abort", Path) is { } failure)
        {
            throw new InvalidOperationException(failure);
        }
    }

    public void Dispose()
    {
        if (Run("umount", Path) is not null)
        {
            Run("umount", "-l", Path);
        }

        Directory.Delete(work, recursive: true);
    }

    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{program}: {said.Trim()}";
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return $"{program}: {error.Message}";
        }
    }
}
