// How a host key at an address is looked at: as the saved appliance is reached whose address it is, or whose jump host.
import type { Access, Address, Appliance } from '../../shared/domain/appliance.ts'

type Place = { readonly host: string; readonly port: number }
export type Way = { readonly address: Address } & Pick<Access, 'via' | 'weakAlgorithms'>

/** Nobody logs in for a look at a host key, and the contract's addresses have a user. */
const anyUser = 'nobody'

export function wayTo(place: Place, saved: readonly Appliance[]): Way {
  const same = ({ address }: { readonly address: Address }) =>
    address.host === place.host && address.port === place.port
  const own = saved.find(same)
  if (own !== undefined) {
    const { address, via, weakAlgorithms } = own
    return { address, ...(via && { via }), ...(weakAlgorithms && { weakAlgorithms }) }
  }
  const behind = saved.find(({ via = [] }) => via.some(same))
  const hops = behind?.via ?? []
  const at = hops.findIndex(same)
  const address = hops[at]?.address ?? { host: place.host, port: place.port, user: anyUser }
  return at > 0 ? { address, via: hops.slice(0, at) } : { address }
}

/** Of the appliances that are saved with this address. */
export function namesAt(place: Place, saved: readonly Appliance[]): readonly string[] {
  return saved
    .filter(({ address }) => address.host === place.host && address.port === place.port)
    .map(({ name }) => name)
}
