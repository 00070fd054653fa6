using DocExchange.Core.Envelopes;
using DocExchange.Core.Problems;
using Xunit;

namespace DocExchange.UnitTests.Validation;

[Trait("Row", "27")]
public sealed class BusinessRuleTests
{
    [Fact]
    public void Row_27_an_update_must_name_the_document_it_updates() =>
        TestEnvelopes.Update().WithBusiness(business => business with { DocumentId = null })
            .IsRefusedUnderBothProfiles(ProblemCatalogue.BusinessObjectMissing, "22", "N.MessageHeader.TraceHeaderList.Bussiness.DocumentId");

    [Fact]
    public void Row_27_a_revocation_must_name_the_document_it_revokes()
    {
        (TestEnvelopes.Revocation() with { ResponseFor = [] })
            .IsRefusedUnderBothProfiles(ProblemCatalogue.BusinessObjectMissing, "22", "MessageHeader.ResponseFor.DocumentId");
        (TestEnvelopes.Revocation() with { ResponseFor = [new Reference(null, null, null, null)] })
            .IsRefusedUnderBothProfiles(ProblemCatalogue.BusinessObjectMissing, "22", "MessageHeader.ResponseFor.DocumentId");
    }

    [Fact]
    public void Row_27_a_replacement_must_name_the_documents_it_replaces()
    {
        const string path = "N.MessageHeader.TraceHeaderList.Bussiness.ReplacementInfoList.ReplacementInfo.DocumentId";
        TestEnvelopes.Replacement().WithBusiness(business => business with { Replacements = [] })
            .IsRefusedUnderBothProfiles(ProblemCatalogue.BusinessObjectMissing, "22", path);

        var second = TestEnvelopes.Replacement().WithBusiness(business => business with { Replacements = [new("id", ["H53"]), new(" ", ["H53"])] });
        second.IsRefusedUnderBothProfiles(ProblemCatalogue.BusinessObjectMissing, "22", path);
        Assert.Equal(1, second.JudgedFromAgency().First!.Ordinal);
    }

    [Fact]
    public void A_document_id_in_a_new_documents_business_part_is_ignored_with_a_warning() =>
        TestEnvelopes.Letter().WithBusiness(business => business with { DocumentId = "000.00.00.G22,2014/02/30,7806/VPCP-TTĐT" })
            .JudgedFromAgency().IsAcceptedWith("business-document-ignored");

    [Fact]
    public void A_removed_receiver_that_is_still_addressed_is_a_warning() =>
        TestEnvelopes.Update().WithBusiness(business => business with { DocumentReceiver = "1", Receivers = [new ChangedReceiver("H53", "0")] })
            .JudgedFromAgency().IsAcceptedWith("removed-receiver-addressed");
}
