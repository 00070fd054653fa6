using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace DocExchange.Benchmarks.Limits;

/// <summary>
/// What the disk alone costs: writers hand over as many bytes as a document has, one appender writes what is there and calls fdatasync once
/// for all of it, and only then may each writer go on.
/// </summary>
internal sealed class AppendLimit : IDisposable
{
    private readonly object _gate = new();
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly byte[] _bytes;
    private List<ManualResetEventSlim> _waiting = [];
    private long _length;
    private bool _ended;

    private AppendLimit(string folder, int size)
    {
        _path = Path.Combine(folder, "append.bin");
        _file = File.OpenHandle(_path, FileMode.Create, FileAccess.Write);
        _bytes = RandomNumberGenerator.GetBytes(size);
    }

    public static Measured Run(string folder, int size, int clients, TimeSpan duration)
    {
        using var limit = new AppendLimit(folder, size);
        var appender = new Thread(limit.Append);
        appender.Start();
        var times = new List<int>[clients];
        var last = new long[clients];
        var start = Stopwatch.GetTimestamp();
        var writers = Enumerable.Range(0, clients).Select(i => new Thread(() => (times[i], last[i]) = limit.Write(start, duration), 256 * 1024)).ToArray();
        foreach (var writer in writers) writer.Start();
        foreach (var writer in writers) writer.Join();
        limit.End();
        appender.Join();
        return Measured.Of([.. times.SelectMany(t => t)], Stopwatch.GetElapsedTime(start, last.Max()).TotalSeconds);
    }

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(_path);
    }

    private (List<int> Microseconds, long LastEnd) Write(long start, TimeSpan duration)
    {
        var times = new List<int>();
        using var written = new ManualResetEventSlim(false, 0);
        long now;
        do
        {
            var before = Stopwatch.GetTimestamp();
            lock (_gate)
            {
                _waiting.Add(written);
                Monitor.Pulse(_gate);
            }
            written.Wait();
            written.Reset();
            now = Stopwatch.GetTimestamp();
            times.Add((int)Stopwatch.GetElapsedTime(before, now).TotalMicroseconds);
        }
        while (Stopwatch.GetElapsedTime(start, now) < duration);
        return (times, now);
    }

    private void Append()
    {
        var group = new List<ManualResetEventSlim>();
        while (true)
        {
            lock (_gate)
            {
                while (_waiting.Count == 0 && !_ended) Monitor.Wait(_gate);
                if (_waiting.Count == 0) return;
                (group, _waiting) = (_waiting, group);
            }
            ReadOnlyMemory<byte>[] bytes = [.. group.Select(_ => (ReadOnlyMemory<byte>)_bytes)];
            RandomAccess.Write(_file, bytes, _length);
            _length += (long)_bytes.Length * group.Count;
            DataSync.Call(_file);
            foreach (var writer in group) writer.Set();
            group.Clear();
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }
    }
}

/// <summary>fdatasync, which the framework has no call for.</summary>
internal static class DataSync
{
    public static void Call(SafeFileHandle file)
    {
        if (fdatasync(file) != 0) throw new IOException($"fdatasync failed: {Marshal.GetLastPInvokeError()}");
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int fdatasync(SafeFileHandle file);
}
