// Where a model can lie: devices with memory of their own, devices that use the host's, or the host's memory alone. For
// the arithmetic all three are places with so much memory, of which so much is held already.

/** One accelerator as far as memory goes. In bytes. */
export type FitDevice = {
  readonly id: string
  /** Which appliance it is in; a tensor split stays inside one. */
  readonly machine: string
  /** What the driver lets models have, which is less than what is printed on it. Of no meaning where the host's is used. */
  readonly usableBytes: number
  /** By neighbours that are placed there already. */
  readonly heldBytes: number
  /** GB10, Jetson: there is no other memory than the host's. */
  readonly sharesHostMemory: boolean
}

export type HostMemory = {
  readonly machine: string
  readonly usableBytes: number
  readonly heldBytes: number
}

export type Place = Omit<FitDevice, 'sharesHostMemory'>

/** Devices that share one host's memory each get an equal part: together they can never have more than there is. */
export function placesOf(devices: readonly FitDevice[], hosts: readonly HostMemory[]): Place[] {
  return devices.flatMap(({ sharesHostMemory, ...own }) => {
    if (!sharesHostMemory) return [own]
    const host = hosts.find(({ machine }) => machine === own.machine)
    // Whose memory nobody knows is no place.
    if (host === undefined) return []
    const sharers = devices.filter((one) => one.sharesHostMemory && one.machine === own.machine)
    const heldOnDevices = sharers.reduce((sum, { heldBytes }) => sum + heldBytes, 0)
    const part = (bytes: number) => bytes / sharers.length
    return [{ ...own, usableBytes: part(host.usableBytes), heldBytes: part(host.heldBytes + heldOnDevices) }]
  })
}

/** For models that run on the processor. */
export function placeOfHost(host: HostMemory): Place {
  return { id: 'host', ...host }
}

/** So many new devices of one kind, as they come in machines. */
export function placesOfKind(
  { usableBytes, perMachine }: { readonly usableBytes: number; readonly perMachine: number },
  count: number,
): Place[] {
  return Array.from({ length: count }, (_, at) => ({
    ...{ id: String(at), machine: String(Math.floor(at / perMachine)) },
    ...{ usableBytes, heldBytes: 0 },
  }))
}

/** What is left for one more model: the given share of all, less what neighbours hold. May be negative. */
export function freeBytes({ usableBytes, heldBytes }: Place, utilization: number): number {
  return usableBytes * utilization - heldBytes
}
