using System.Text;

namespace DocExchange.Core;

/// <summary>
/// Text as search compares it: lower case, marks removed, đ to d, whichever Unicode form it came in. One function for every engine,
/// because an engine's own (SQLite's remove_diacritics) misses letters with two marks such as "ề"; with tables of its own, because the
/// framework's normalisation depends on a library that a server may lack or have in another version.
/// </summary>
public static class FoldedText
{
    private const int LatinFirst = 0x00C0;
    private const int VietnameseFirst = 0x1E00;

    // The base letter of every letter from U+00C0 to U+024F, in order.
    private const string Latin =
        "aaaaaaæceeeeiiiidnooooo×ouuuuyþßaaaaaaæceeeeiiiidnooooo÷ouuuuyþy" +
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiĳĳjjkkĸllllllŀ" +
        "ŀllnnnnnnŉŋŋooooooœœrrrrrrssssssssttttŧŧuuuuuuuuuuuuwwyyyzzzzzzſ" +
        "ƀɓƃƃƅƅɔƈƈɖɗƌƌƍǝəɛƒƒɠɣƕɩɨƙƙƚƛɯɲƞɵooƣƣƥƥʀƨƨʃƪƫƭƭʈuuʊʋƴƴƶƶʒƹƹƺƻƽƽƾƿ" +
        "ǀǁǂǃǆǆǆǉǉǉǌǌǌaaiioouuuuuuuuuuǝaaaaǣǣǥǥggkkooooǯǯjǳǳǳggƕƿnnaaǽǽoo" +
        "aaaaeeeeiiiioooorrrruuuussttȝȝhhƞȡȣȣȥȥaaeeooooooooyyȴȵȶȷȸȹⱥȼȼƚⱦȿ" +
        "ɀɂɂƀʉʌɇɇɉɉɋɋɍɍɏɏ";

    // The base letter of every letter from U+1E00 to U+1EFF, in order.
    private const string Vietnamese =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm" +
        "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv" +
        "wwwwwwwwwwxxxxyyzzzzzzhtwyẚẛẜẝßẟaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee" +
        "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyỻỻỽỽỿỿ";

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is >= '\u0300' and <= '\u036F') continue;
            folded.Append(c switch
            {
                >= (char)LatinFirst and < (char)(LatinFirst + 0x190) => Latin[c - LatinFirst],
                >= (char)VietnameseFirst and < (char)(VietnameseFirst + 0x100) => Vietnamese[c - VietnameseFirst],
                _ => char.ToLowerInvariant(c),
            });
        }
        return folded.ToString();
    }
}
