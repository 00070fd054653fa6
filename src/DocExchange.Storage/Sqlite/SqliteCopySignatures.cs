namespace DocExchange.Storage.Sqlite;

/// <summary>The hub's signatures over bytes it delivers, by their digest: made once, so that everybody gets the same.</summary>
public sealed class SqliteCopySignatures
{
    private readonly GroupWriter _writer;
    private readonly ReadPool _reads;

    internal SqliteCopySignatures(GroupWriter writer, ReadPool reads) => (_writer, _reads) = (writer, reads);

    public byte[]? Find(ReadOnlyMemory<byte> digest) => _reads.Read(database =>
    {
        var statement = database.Prepare("SELECT cms FROM copy_signature WHERE digest = ?1").Bind(1, digest.Span);
        try
        {
            return statement.Step() ? statement.Blob(0) : null;
        }
        finally
        {
            statement.Reset();
        }
    });

    /// <summary>Keeps a signature unless one was kept meanwhile; the one that counts is found again.</summary>
    public async Task KeepAsync(ReadOnlyMemory<byte> digest, byte[] signature) => await _writer.RunAsync(session =>
    {
        session.Prepare("INSERT INTO copy_signature (digest, made_at, cms) VALUES (?1, ?2, ?3) ON CONFLICT (digest) DO NOTHING")
            .Bind(1, digest.Span).Bind(2, session.Now).Bind(3, signature).Run();
        return true;
    }).ConfigureAwait(false);
}
