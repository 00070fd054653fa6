using System.Text;
using DocExchange.Core.Packages;

namespace DocExchange.UnitTests.Packages;

public sealed class HopInsertionTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("<a:edXML xmlns:a='x'>\r\n<a:From><a:OrganId> H30 </a:OrganId></a:From><a:TraceHeaderList>\r<a:TraceHeader/>Đề\n</a:TraceHeaderList><edXMLBody/></a:edXML>", "a:")]
    [InlineData("﻿<edXML><From><OrganId>H30</OrganId></From><!-- </TraceHeaderList> --><TraceHeaderList ><Bussiness/>𠀀</TraceHeaderList ><edXMLBody/></edXML>", "")]
    [InlineData("<x:edXML><x:From><x:OrganId>H30</x:OrganId></x:From><x:TraceHeaderList><![CDATA[</x:TraceHeaderList>]]></x:TraceHeaderList></x:edXML>", "x:")]
    public void A_hop_is_written_behind_the_others_and_no_other_byte_changes(string package, string prefix)
    {
        var bytes = Encoding.UTF8.GetBytes(package);

        var (insertion, copy) = Insert(bytes);

        var hop = $"<{prefix}TraceHeader><{prefix}OrganId>H30.A&amp;B</{prefix}OrganId><{prefix}Timestamp>2026/11/21 16:00:00</{prefix}Timestamp></{prefix}TraceHeader>";
        Assert.Equal("H30", insertion.Sender);
        Assert.Contains(hop + $"</{prefix}TraceHeaderList", copy, StringComparison.Ordinal);
        Assert.Equal(package, copy.Replace(hop, "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public void A_list_beyond_the_first_buffer_is_found_to_the_byte(string end)
    {
        var far = string.Concat(Enumerable.Repeat("<Content>Nội dung dài 𠀀</Content>\n", 20_000)) + string.Concat(Enumerable.Repeat("á", 300_000));
        var package = $"<edXML><From><OrganId>H30</OrganId></From>{far}{end}<TraceHeaderList></TraceHeaderList></edXML>";

        var (_, copy) = Insert(Encoding.UTF8.GetBytes(package));

        Assert.Contains("<TraceHeaderList><TraceHeader>", copy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<edXML><From><OrganId>H30</OrganId></From></edXML>")]
    [InlineData("<edXML><From><OrganId>H30</OrganId></From><TraceHeaderList/></edXML>")]
    public void What_has_no_hops_stays_as_it_is(string package)
    {
        var insertion = HopInsertion.Find(new MemoryStream(Encoding.UTF8.GetBytes(package)));

        Assert.False(insertion.IsPossible);
        Assert.Equal("H30", insertion.Sender);
    }

    private static (HopInsertion Insertion, string Copy) Insert(byte[] package)
    {
        using var stream = new MemoryStream(package);
        using var copy = new MemoryStream();
        var insertion = HopInsertion.Find(new MemoryStream(package));
        insertion.Write(stream, "H30.A&B", Time, bytes => copy.Write(bytes));
        return (insertion, Encoding.UTF8.GetString(copy.ToArray()));
    }
}
