using System.Security.Cryptography;
using DocExchange.Core.Packages;
using DocExchange.IntegrationTests.Evidence;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.NationalAxis;

/// <summary>Our own client against the sandbox axis: a document's way through it.</summary>
public sealed class AxisExchangeTests
{
    [Fact]
    public async Task A_document_is_sent_listed_fetched_and_answered_and_the_sender_sees_it()
    {
        await using var axis = await TestAxis.StartAsync();
        var letter = new Letter { To = ["H53"] };

        var docId = await axis.SendAsync(letter);
        var item = Assert.Single(await axis.ListAsync(axis.SouthClient));
        var package = PackageReader.Read(await axis.FetchAsync(axis.SouthClient, item.DocId), PackageLimits.Default);
        await axis.SouthClient.ConfirmAsync(item.DocId);

        Assert.Equal(letter.DocumentId, package.Envelope!.DocumentId);
        Assert.Equal(("H30", "H53", "initial"), (item.From, item.To, item.Status));
        Assert.Empty(await axis.ListAsync(axis.SouthClient));
        var sent = Assert.Single((await axis.NorthClient.SentListAsync("edoc", docId)).Value!);
        Assert.Equal((docId, item.DocId, "H53", "done", "done"), (sent.SenderDocId, sent.ReceiverDocId, sent.To, sent.SendStatus, sent.ReceiveStatus));
    }

    [Theory]
    [InlineData(3_000)]
    [InlineData(3_000_000)]
    public async Task A_copy_has_the_senders_files_byte_for_byte_and_one_hop_more(int fileBytes)
    {
        await using var axis = await TestAxis.StartAsync();
        var letter = new Letter { To = ["H53"], FileName = "bang.xlsx", File = RandomNumberGenerator.GetBytes(fileBytes) };
        await axis.SendAsync(letter);
        var item = Assert.Single(await axis.ListAsync(axis.SouthClient));

        var bytes = await axis.FetchAsync(axis.SouthClient, item.DocId);

        using var original = new MemoryStream(bytes);
        var copy = PackageReader.Complete(PackageReader.Read(bytes, PackageLimits.Default), original, new MemoryStream(), PackageLimits.Default).Envelope!;
        Assert.NotEqual(letter.Bytes, bytes);
        Assert.Equal(2, copy.Trace!.Hops.Count);
        Assert.Equal(SHA256.HashData(letter.File), copy.Attachments[0].Wrapped!.Digest.ToArray());
        Assert.Equal(bytes, await axis.FetchAsync(axis.SouthClient, item.DocId));
    }

    [Fact]
    public async Task Files_of_a_killed_axis_are_removed_by_the_next_and_those_of_a_running_one_are_not()
    {
        using var folder = new TemporaryFolder();
        var left = Directory.CreateDirectory(folder.At("docexchange-axis-left"));
        await File.WriteAllTextAsync(Path.Combine(left.FullName, "in-use"), "");
        await using var running = await TestAxis.StartAsync(options => options with { Folder = folder.Path });
        var docId = await running.SendAsync(new Letter { To = ["H53"] });

        await using (await TestAxis.StartAsync(options => options with { Folder = folder.Path }))
        {
            using var received = running.Axis.OpenReceived(docId);
            Assert.NotNull(received);
        }

        Assert.False(left.Exists && Directory.Exists(left.FullName));
        Assert.Single(Directory.EnumerateDirectories(folder.Path));
    }

    [Fact]
    public async Task Everything_the_axis_saw_can_be_read_back_in_order()
    {
        await using var axis = await TestAxis.StartAsync();
        var letter = new Letter { To = ["H53"] };

        var docId = await axis.SendAsync(letter);
        await axis.ListAsync(axis.SouthClient);

        // A call is noted when its answer is out, which its caller may notice first.
        await Polled.UntilAsync(() => Task.FromResult(axis.Axis.Seen.Calls.Count >= 2), "the note of the second call");
        var calls = axis.Axis.Seen.Calls;
        Assert.Equal(["sendEdoc", "getReceivedEdocList"], calls.Select(call => call.Operation));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(letter.Bytes)), calls[0].Digest);
        Assert.Equal((letter.DocumentId, docId, (long)letter.Bytes.Length, 0), (calls[0].DocumentId, calls[0].DocId, calls[0].PackageBytes, calls[0].Code));
        Assert.Equal("H30", calls[0].Values["from"]);
        using var received = axis.Axis.OpenReceived(docId)!;
        Assert.Equal(calls[0].Digest, Convert.ToHexStringLower(await SHA256.HashDataAsync(received)));
    }
}
