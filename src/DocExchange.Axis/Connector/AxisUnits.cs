using System.Globalization;
using DocExchange.Axis.Calls;
using DocExchange.Axis.Protocol;
using DocExchange.Core.Evidence;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;

namespace DocExchange.Axis.Connector;

/// <summary>
/// Makes units of this hub known at one axis and takes them out of its directory, each with an entry of evidence. Repeating either changes nothing:
/// what the axis does not know any more is deleted.
/// </summary>
public sealed class AxisUnits(AxisLink link, IExchangeStore store)
{
    /// <param name="unit">One of this hub's own.</param>
    /// <param name="parent">The one above it, which the axis knows already.</param>
    /// <param name="actor">Who wants it, by internal id.</param>
    /// <returns>Null when the axis has it.</returns>
    /// <exception cref="StoreUnavailableException">The axis has it, and the evidence could not be written: ask again.</exception>
    public Task<Problem?> RegisterAsync(Agency unit, Agency parent, string actor, CancellationToken ct) => ChangeAsync(
        EvidenceEvents.AxisUnitRegistered, unit, actor,
        client => client.RegisterAgencyAsync(new AgencyRegistration(unit.Code, parent.Code, unit.Name, unit.Mail ?? ""), ct), _ => false, ct);

    /// <inheritdoc cref="RegisterAsync"/>
    public Task<Problem?> DeleteAsync(Agency unit, string actor, CancellationToken ct) => ChangeAsync(
        EvidenceEvents.AxisUnitDeleted, unit, actor, client => client.DeleteAgencyAsync(unit.Code, ct), refusal => refusal.Code == VxpCodes.UnknownReceiver, ct);

    private async Task<Problem?> ChangeAsync(
        string what, Agency unit, string actor, Func<VxpClient, Task<VxpAnswer<bool>>> call, Func<VxpRefusal, bool> isDone, CancellationToken ct)
    {
        if (link.Client is not { } client) return Silent("there is no secret for it");
        try
        {
            var answer = await call(client).ConfigureAwait(false);
            if (answer.Refusal is { } refusal && !(refusal.IsReadable && isDone(refusal)))
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"code {refusal.Code}: {refusal.Text.TrimEnd('.')}");
                return refusal.IsTransient ? Silent(text) : new Problem(ProblemCatalogue.AxisUnitNotTaken, "code", unit.Code, text);
            }
        }
        catch (Exception fault) when (AxisFaults.IsOutage(fault, ct))
        {
            return Silent(fault.Message);
        }
        await store.RecordEventAsync(new EvidenceEntry { Event = what, Time = default, Actor = actor, Detail = $"{unit.Code} at {link.Name}" }, CancellationToken.None).ConfigureAwait(false);
        return null;
    }

    private Problem Silent(string why) => new(ProblemCatalogue.AxisSilent, "axis", link.Name, why);
}
