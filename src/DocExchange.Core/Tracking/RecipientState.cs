using System.Globalization;
using DocExchange.Core.Envelopes;

namespace DocExchange.Core.Tracking;

/// <summary>Where one document stands with one recipient, by rank of the statuses received. Recalled: 15 closed a recall, the document must be destroyed (QĐ 28/2018 art. 9.2).</summary>
public enum MainState { Sent = 0, Arrived = 1, Refused = 2, Accepted = 3, Assigned = 4, InProgress = 5, Finished = 6, Recalled = 7 }

/// <summary>What the sender asked for and the recipient has not answered with 15 or 16 yet.</summary>
public enum OpenCase { None, Recall, Update, Replacement }

/// <summary>The state of one (document, recipient). Derived from the events, never stored.</summary>
public readonly record struct RecipientState(MainState Main, OpenCase Case)
{
    public static readonly RecipientState Initial = new(MainState.Sent, OpenCase.None);

    /// <summary>
    /// The state after the sender's own package of type 1, 2 or 3 about this document. A recall outweighs an update or a replacement; after
    /// a finished recall there is nothing left to change.
    /// </summary>
    public RecipientState After(BusinessType package) => package switch
    {
        _ when Main == MainState.Recalled => this,
        BusinessType.Revocation => this with { Case = OpenCase.Recall },
        BusinessType.Update when Case != OpenCase.Recall => this with { Case = OpenCase.Update },
        BusinessType.Replacement when Case != OpenCase.Recall => this with { Case = OpenCase.Replacement },
        _ => this,
    };

    /// <summary>For messages in either language: the codes, as packages write them; 00 = sent, 13+15 = recalled, +13 = a recall is open.</summary>
    public override string ToString()
    {
        var main = Main == MainState.Recalled ? "13+15" : ((int)Main).ToString("00", CultureInfo.InvariantCulture);
        return Case switch
        {
            OpenCase.Recall => main + " +13",
            OpenCase.Update => main + " +BussinessDocType 2",
            OpenCase.Replacement => main + " +BussinessDocType 3",
            _ => main,
        };
    }
}
