// How a container is given some of an appliance's devices and no others: two models beside each other must not meet on
// one device. By the vendors' guides to containers, as the way to all devices is.
import type { Accelerator, ContainerAccess, Vendor } from './accelerator.ts'

/**
 * What a vendor's libraries take for a choice where nodes are shared or numbered otherwise than devices: places in its
 * list of devices, from 0.
 */
const chosenBy: Readonly<Record<Vendor, string>> = {
  amd: 'HIP_VISIBLE_DEVICES',
  hygon: 'HIP_VISIBLE_DEVICES',
  metax: 'MACA_VISIBLE_DEVICES',
  iluvatar: 'IX_VISIBLE_DEVICES',
  kunlunxin: 'XPU_VISIBLE_DEVICES',
  cambricon: 'MLU_VISIBLE_DEVICES',
  intel: 'ZE_AFFINITY_MASK',
}

/** `chosen`: some of `all`, which are of one vendor. */
export function accessTo(
  chosen: readonly Accelerator[],
  all: readonly Accelerator[],
  access: ContainerAccess,
): ContainerAccess {
  if (chosen.length === all.length) return access
  const places = chosen.map((one) => all.indexOf(one)).join(',')
  const name = chosenBy[chosen[0]?.vendor ?? '']
  const named = name === undefined ? {} : { [name]: places }
  const given = Object.entries(access.environment).map(([key, value]) => [key, value === 'all' ? places : value])
  return {
    ...access,
    ...(access.gpus === undefined ? {} : { gpus: gpusOf(chosen) }),
    devices: access.devices.filter((node) => !nodesOf(all).has(node) || nodesOf(chosen).has(node)),
    environment: { ...Object.fromEntries(given), ...named },
  }
}

/** A list is in quotes of its own: docker reads the word as comma-separated values. */
function gpusOf(chosen: readonly Accelerator[]): string {
  const ids = chosen.map(({ uuid, index }) => (uuid.state === 'known' ? uuid.value : String(index)))
  return ids.length === 1 ? `device=${ids[0]}` : `"device=${ids.join(',')}"`
}

function nodesOf(devices: readonly Accelerator[]): ReadonlySet<string> {
  return new Set(devices.flatMap(({ detail }) => (detail?.node?.state === 'known' ? [detail.node.value] : [])))
}
