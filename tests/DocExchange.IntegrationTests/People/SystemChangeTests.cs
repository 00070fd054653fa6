using DocExchange.Core.Parties;
using DocExchange.IntegrationTests.Hub;

namespace DocExchange.IntegrationTests.People;

/// <summary>A change of one thing about a system leaves the rest of it as it was.</summary>
public sealed class SystemChangeTests(PeopleFixture fixture) : IClassFixture<PeopleFixture>
{
    [Fact]
    public async Task What_a_call_does_not_name_stays_so_that_no_protection_is_undone_by_leaving_it_out()
    {
        var agency = fixture.Hub.Agency("H30.13");
        await fixture.Hub.AddSystemAsync(new PartnerSystem(0, "he-thong.doi", Profile.Peer, false, [new Served(agency.Id, true)], MayRegisterAgencies: true)
        {
            AllowedAddresses = ["10.1.2.0/24"], RequiresCertificate = true, WantsSignedCopies = true,
        });

        (await fixture.CallAsync(HttpMethod.Post, "systems", PeopleFixture.Operator, """{"systemId":"he-thong.doi","dialects":["vxp"]}""")).Is(200);

        var system = fixture.Hub.Parties.FindSystem("he-thong.doi")!;
        Assert.Equal((false, Profile.Peer, true, true, true), (system.Enabled, system.Profile, system.MayRegisterAgencies, system.RequiresCertificate, system.WantsSignedCopies));
        Assert.Equal(["10.1.2.0/24"], system.AllowedAddresses);
        Assert.Equal([new Served(agency.Id, true)], system.Serves);
        Assert.Equal(["vxp"], system.Dialects);
    }

    [Fact]
    public async Task What_a_call_names_empty_is_taken_away()
    {
        await fixture.Hub.AddSystemAsync(new PartnerSystem(0, "he-thong.bot", Profile.Agency, true, [new Served(fixture.Hub.Agency("H30.13").Id, false)], MayRegisterAgencies: true)
        {
            AllowedAddresses = ["10.1.2.0/24"],
        });

        (await fixture.CallAsync(HttpMethod.Post, "systems", PeopleFixture.Operator,
            """{"systemId":"he-thong.bot","serves":[],"allowedAddresses":[],"mayRegisterAgencies":false,"enabled":false}""")).Is(200);

        var system = fixture.Hub.Parties.FindSystem("he-thong.bot")!;
        Assert.Equal((false, false), (system.Enabled, system.MayRegisterAgencies));
        Assert.Empty(system.AllowedAddresses);
        Assert.Empty(system.Serves);
    }
}
