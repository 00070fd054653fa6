using System.Text;
using DocExchange.Core.Evidence;

namespace DocExchange.IntegrationTests.Hub;

/// <summary>
/// An edge only translates: the same bytes through any of them are judged and witnessed alike. Every edge inherits this and is compared with the
/// axis SDK's protocol.
/// </summary>
public abstract class EdgeContract : IAsyncLifetime
{
    private TestHub _vxp = null!;
    private TestHub _other = null!;

    /// <summary>The edge builds the package from what it is sent, so that the original is another.</summary>
    private protected virtual bool IsAnotherOriginal => false;

    /// <summary>Sends one package through the edge: whether it was accepted, and the id of the receipt; null for what is no call at all in its protocol.</summary>
    private protected abstract Task<(bool Accepted, string? ReceiptId, string Answer)> SendAsync(TestHub hub, byte[] package, string system, string kind);

    /// <summary>Lets the systems call through the edge.</summary>
    private protected virtual Task PrepareAsync(TestHub hub) => Task.CompletedTask;

    public async Task InitializeAsync()
    {
        (_vxp, _other) = (await TestHub.StartAsync(), await TestHub.StartAsync());
        await PrepareAsync(_other);
    }

    public async Task DisposeAsync()
    {
        await _vxp.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task The_same_bytes_get_the_same_verdict_and_an_equal_receipt_entry_as_through_vxp()
    {
        var letter = new Letter();
        var known = letter.Bytes;
        (string Case, byte[] Bytes, string System, string Kind)[] submissions =
        [
            ("accepted", known, TestHub.Province, "edoc"),
            ("repeated", known, TestHub.Province, "edoc"),
            ("conflict", (letter with { Subject = "Nội dung khác" }).Bytes, TestHub.Province, "edoc"),
            ("number used before", (new Letter { Number = letter.Number } with { Id = "khác" }).Bytes, TestHub.Province, "edoc"),
            ("status", new StatusPaper(letter, "H30.12", "03").Bytes, TestHub.Department, "status"),
            ("impossible status", new StatusPaper(letter, "H30.12", "06") { Timestamp = "x" }.Bytes, TestHub.Department, "status"),
            ("not the sender", new Letter { From = "G22" }.Bytes, TestHub.Province, "edoc"),
            ("unknown receiver", new Letter { To = ["H30.99.99"] }.Bytes, TestHub.Province, "edoc"),
            ("secret", new Letter { Notation = "UBND-MẬT" }.Bytes, TestHub.Province, "edoc"),
            ("broken file", new Letter { File = Encoding.ASCII.GetBytes("MZ not a pdf") }.Bytes, TestHub.Province, "edoc"),
            ("external entity", Encoding.UTF8.GetBytes("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"), TestHub.Province, "edoc"),
            ("not XML", Encoding.UTF8.GetBytes("not XML"), TestHub.Province, "edoc"),
            ("variant of a peer", (new Letter { From = "G22", Id = "v", Subject = "Một" }).Bytes, TestHub.Peer, "edoc"),
        ];
        foreach (var (name, bytes, system, kind) in submissions)
        {
            var vxp = await _vxp.SendAsync(bytes, system, kind);
            var other = await SendAsync(_other, bytes, system, kind);

            Assert.True((vxp.Code == "0") == other.Accepted, $"{name}: {vxp.Text} but {other.Answer}");
            if (other.ReceiptId is null) continue;
            var vxpReceipt = vxp.Code == "0" ? (await _vxp.TrackAsync(vxp.DocId, system)).ReceiptId : vxp.ReceiptId!;
            var (_, ofVxp) = await _vxp.ReceiptAsync(system, vxpReceipt);
            var (_, ofOther) = await _other.ReceiptAsync(system, other.ReceiptId);
            Assert.Equal(Comparable(ofVxp, name), Comparable(ofOther, name));
        }
    }

    /// <summary>Time and the ids of the two hubs differ; a secret document's digest is salted in each.</summary>
    private string Comparable(EvidenceEntry entry, string name) => name + Encoding.UTF8.GetString((entry with
    {
        Time = default,
        Receipt = null,
        Document = null,
        Detail = entry.Kind == "status" ? null : entry.Detail,
        Digest = name == "secret" || IsAnotherOriginal ? null : entry.Digest,
        Size = IsAnotherOriginal ? 0 : entry.Size,
    }).ToCanonicalBytes());
}
