using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DocExchange.Storage.Sqlite.Backups;

/// <summary>
/// How far the write-ahead log is committed, as its shared index says (SQLite "WAL-mode file format" §2.1). Frames behind it may be there
/// and whole, and are still nobody's: a killed writer left them and the next one overwrites them.
/// </summary>
/// <param name="Frames">Committed frames of this generation of the log; 0 right after it was begun anew.</param>
/// <param name="Salts">Name of the generation: changes whenever the log is begun anew.</param>
/// <param name="First">First half of the last committed frame's checksum.</param>
/// <param name="Second">Second half.</param>
internal readonly record struct WalHead(uint Frames, ulong Salts, uint First, uint Second)
{
    private const int Size = 48;
    private const int ChecksumAt = 40;

    /// <summary>Reads the index, again while a commit is changing it.</summary>
    public static WalHead Read(SafeFileHandle index)
    {
        Span<byte> twice = stackalloc byte[2 * Size];
        for (var tries = 0; tries < 10_000; tries++)
        {
            // The writer changes the second copy first and the first copy last: equal halves are one commit's.
            if (RandomAccess.Read(index, twice, 0) == twice.Length && twice[..Size].SequenceEqual(twice[Size..]) && IsWhole(twice[..Size]))
            {
                var words = MemoryMarshal.Cast<byte, uint>(twice[..Size]);
                return new WalHead(words[4], MemoryMarshal.Read<ulong>(twice[32..]), words[6], words[7]);
            }
            Thread.Yield();
        }
        throw new FollowBrokenException("The index of the store's log stays in the middle of a change.");
    }

    private static bool IsWhole(ReadOnlySpan<byte> copy)
    {
        var sum = new WalChecksum(0, 0);
        sum.Add(copy[..ChecksumAt], !BitConverter.IsLittleEndian);
        var words = MemoryMarshal.Cast<byte, uint>(copy);
        return words[10] == sum.First && words[11] == sum.Second;
    }
}

/// <summary>The store's log can no longer be followed from where it was left: what is missing is only in a new copy of the store.</summary>
public sealed class FollowBrokenException(string message) : Exception(message);
