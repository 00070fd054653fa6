using DocExchange.Hub.Evidence;

namespace DocExchange.UnitTests.Evidence;

public sealed class TimestampAuthorityTests
{
    [Fact]
    public void Authorities_at_one_place_have_different_names_and_the_first_keeps_the_plain_one()
    {
        using var http = new HttpClient();

        var names = HttpTimestampAuthority.At(["http://tsa.example/a", "https://other.example:8443/", "http://tsa.example/b"], http).Select(one => one.Name);

        Assert.Equal(["tsa.example", "tsa.example-no2", "other.example-8443"], names);
    }
}
