using DocExchange.Core.Signing.Trust;
using DocExchange.Core.Signing.Verdicts;
using DocExchange.UnitTests.Signing.Pdf;

namespace DocExchange.UnitTests.Signing.Trust;

/// <summary>Certificates that nobody answers for must not keep the others from being asked for.</summary>
public sealed class RevocationBookTests : IDisposable
{
    private static readonly DateTimeOffset Now = PdfTrust.Now;
    private readonly PdfTrust _trust = new(PdfTrust.Now, responder: "http://ocsp.example.vn/");

    public void Dispose() => _trust.Dispose();

    [Fact]
    public void What_was_asked_for_without_an_answer_stands_behind_what_never_was()
    {
        var book = new RevocationBook();
        book.Want(_trust.Person, _trust.Root);
        book.Tried(Assert.Single(book.Wanted), Now);
        book.Want(_trust.Organisation, _trust.Root);

        Assert.Equal([RevocationBook.KeyOf(_trust.Organisation), RevocationBook.KeyOf(_trust.Person)], book.Wanted.Select(w => w.Key));
        book.Tried(book.Wanted[0], Now.AddMinutes(5));
        Assert.Equal(RevocationBook.KeyOf(_trust.Person), book.Wanted[0].Key);
    }

    [Fact]
    public void Meeting_a_certificate_again_does_not_bring_it_to_the_front()
    {
        var book = new RevocationBook();
        book.Want(_trust.Person, _trust.Root);
        book.Tried(Assert.Single(book.Wanted), Now);

        book.Want(_trust.Person, _trust.Root);

        Assert.Equal(Now, Assert.Single(book.Wanted).TriedAt);
    }

    [Fact]
    public void A_certificate_nobody_may_be_asked_about_is_not_waited_for()
    {
        _trust.Hosts.Add("ocsp.other.vn");

        var verdict = Assert.Single(_trust.Judge(PdfMaker.Sign(PdfMaker.Plain(), 1, _trust.ByPerson), RevocationPolicy.Soft));

        Assert.Contains(Remark.RevocationPending, verdict.Remarks);
        Assert.Empty(_trust.Current.Revocations.Wanted);
    }
}
