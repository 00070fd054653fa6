using System.Buffers;
using System.Security.Cryptography;
using DocExchange.Core.Packages;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;

namespace DocExchange.Core.Intake;

/// <param name="Reading">What the package says; empty when the bytes were not read to their end.</param>
/// <param name="Digest">SHA-256 of the file without transport framing, also of one that is not what was announced; null when it was not read to its end.</param>
internal sealed record PackageArrival(PackageReading Reading, byte[]? Digest, Problem? Problem);

/// <summary>
/// Takes one body off the transport: counts, hashes and stages it, and reads it as a package. A small one is read when it is complete; a
/// large one while it arrives, so that memory does not grow with it and a hostile one is cut off at the first offence.
/// </summary>
internal sealed class PackageIntake(Submission submission, IStagedPackage package, PackageLimits limits) : IDisposable
{
    /// <summary>From this size on a package is read on a thread of its own behind the writer; below, one pass when it is complete costs less.</summary>
    private const long ReadWhileArriving = 4 * 1024 * 1024;

    /// <summary>So much is taken off the transport at once, where it has so much.</summary>
    private const int PieceSize = 64 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _held = new byte[2];
    private int _heldCount;
    private long _arrived;
    private Task<PackageReading>? _reading;

    public async ValueTask<PackageArrival> TakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (submission.AnnouncedLength > limits.MaxPackageBytes + 2) return TooLarge();
            while (true)
            {
                var result = await submission.Body.ReadAtLeastAsync(PieceSize, cancellationToken).ConfigureAwait(false);
                foreach (var segment in result.Buffer) Take(segment.Span);
                submission.Body.AdvanceTo(result.Buffer.End);
                if (_arrived - _heldCount > limits.MaxPackageBytes) return TooLarge();
                if (_reading is { IsCompletedSuccessfully: true } && await StoppedAsync().ConfigureAwait(false) is { } stopped) return stopped;
                if (_reading is null && package.Length >= ReadWhileArriving) StartReading();
                if (result.IsCompleted) break;
            }
            return await FinishAsync().ConfigureAwait(false);
        }
        finally
        {
            // The reader must have let go of the staged bytes before they are dropped.
            package.End();
            if (_reading is not null) await ((Task)_reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => _hash.Dispose();

    private void Take(ReadOnlySpan<byte> bytes)
    {
        _arrived += bytes.Length;
        if (!submission.MayEndInFraming)
        {
            Stage(bytes);
            return;
        }
        // The last two bytes may be framing: they are held back until more follows or the hash has told.
        if (bytes.Length >= 2)
        {
            Stage(_held.AsSpan(0, _heldCount));
            Stage(bytes[..^2]);
            bytes[^2..].CopyTo(_held);
            _heldCount = 2;
        }
        else if (bytes.Length == 1)
        {
            if (_heldCount == 2)
            {
                Stage(_held.AsSpan(0, 1));
                _held[0] = _held[1];
                _heldCount = 1;
            }
            _held[_heldCount++] = bytes[0];
        }
    }

    private void Stage(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        _hash.AppendData(bytes);
        package.Append(bytes);
    }

    private void StartReading()
    {
        var tail = package.OpenTail();
        _reading = Task.Factory.StartNew(() => PackageReader.Read(tail, limits), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The reader has ended before the bytes did: it met something that is not safe to go on with.</summary>
    private async ValueTask<PackageArrival?> StoppedAsync()
    {
        var reading = await _reading!.ConfigureAwait(false);
        return reading.Findings.Any(f => f.Kind.Step == ProblemStep.XmlSafety) ? new PackageArrival(reading, null, null) : null;
    }

    private async ValueTask<PackageArrival> FinishAsync()
    {
        if (_arrived == 0 || (_arrived == 2 && submission.MayEndInFraming && IsLineEnd()))
        {
            return new PackageArrival(Nothing, SHA256.HashData([]), new Problem(ProblemCatalogue.PackageEmpty));
        }
        var (digest, fits) = SettleFraming();
        package.End();
        if (!fits) return new PackageArrival(Nothing, digest, new Problem(ProblemCatalogue.HashDoesNotMatch));
        var reading = _reading is not null ? await _reading.ConfigureAwait(false) : ReadStaged();
        return new PackageArrival(CompleteLargeZips(reading), digest, null);
    }

    /// <summary>The digest of the file, once it is known whether the last CRLF belongs to it; and whether one of the two readings is what was announced.</summary>
    private (byte[] Digest, bool Fits) SettleFraming()
    {
        if (submission.MayEndInFraming)
        {
            if (IsLineEnd())
            {
                var without = _hash.GetCurrentHash();
                if (submission.IsAnnouncedDigest?.Invoke(without) ?? true) return (without, submission.IsAnnouncedDigest is not null || !submission.RequiresDigest);
            }
            Stage(_held.AsSpan(0, _heldCount));
            _heldCount = 0;
        }
        var digest = _hash.GetCurrentHash();
        return (digest, submission.IsAnnouncedDigest?.Invoke(digest) ?? !submission.RequiresDigest);
    }

    private bool IsLineEnd() => _heldCount == 2 && _held[0] == '\r' && _held[1] == '\n';

    private PackageReading ReadStaged()
    {
        if (package.InMemory is { } memory) return PackageReader.Read(memory, limits);
        using var stream = package.OpenRead();
        return PackageReader.Read(stream, limits);
    }

    private PackageReading CompleteLargeZips(PackageReading reading)
    {
        if (!PackageReader.NeedsCompletion(reading)) return reading;
        using var original = package.OpenRead();
        return PackageReader.CompleteWithScratch(reading, original, limits);
    }

    private PackageArrival TooLarge() => new(Nothing, null, new Problem(ProblemCatalogue.PackageTooLarge, Limit: limits.MaxPackageBytes.ToString()));

    private static PackageReading Nothing => new(null, [], []);
}
