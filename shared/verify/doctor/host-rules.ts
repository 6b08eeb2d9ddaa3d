// The host under it all: kernel, firmware switches, clock, memory, disks and network.
import type { Facts, Space } from '../../domain/facts.ts'
import { gibibytes, hasProgram, isThere, knownOf, logLines, reportsThere, stackOf, undriven, whyOf } from './look.ts'
import type { Rule } from './rule.ts'

const gibibyte = 1024 ** 3
/** Certificates and tokens are refused at about this much. */
const clockOffSeconds = 120

/** On USB, which is how a server's management shows itself to the host; and cards of radio and mobile networks. */
const noLanCard = /^(?:usb|enx|wl|ww|idrac|ilo|bmc)|^en[a-z0-9]{1,20}u\d/

export const hostRules: readonly Rule[] = [
  {
    id: 'systemd-missing',
    severity: 'warning',
    match: ({ systemd }) => (systemd.state === 'absent' ? ['/run/systemd/system: -'] : []),
  },
  {
    id: 'kernel-headers-missing',
    severity: 'warning',
    match: (facts) => {
      const needed = hasProgram(facts, ['dkms']) || undriven(facts).length > 0
      return stackOf(facts, 'kernelHeaders') === false && needed
        ? [`/lib/modules/${knownOf(facts.kernel) ?? '?'}/build: -`]
        : []
    },
  },
  {
    id: 'secure-boot-unsigned',
    severity: 'error',
    match: refusedBySecureBoot,
  },
  {
    id: 'reboot-wanted',
    severity: 'warning',
    match: (facts) => (stackOf(facts, 'rebootWanted') === true ? ['/run/reboot-required'] : []),
  },
  {
    id: 'clock-not-synchronised',
    severity: 'warning',
    match: (facts) => (stackOf(facts, 'clockSynchronised') === false ? ['NTPSynchronized=no'] : []),
  },
  { id: 'clock-off', severity: 'error', match: clockOff },
  {
    id: 'swap-on',
    severity: 'hint',
    match: (facts) => {
      const bytes = knownOf(facts.memory)?.swapTotalBytes ?? 0
      return bytes > 0 && reportsThere(facts).length > 0 ? [`swap ${gibibytes(bytes)}`] : []
    },
  },
  {
    id: 'memory-short',
    severity: 'warning',
    match: ({ memory }) => {
      const { totalBytes = 0, availableBytes = 0 } = knownOf(memory) ?? {}
      return totalBytes > 0 && availableBytes < totalBytes / 20
        ? [`${gibibytes(availableBytes)} / ${gibibytes(totalBytes)}`]
        : []
    },
  },
  {
    id: 'huge-pages-held',
    severity: 'warning',
    match: (facts) => {
      const pages = stackOf(facts, 'hugePages')
      const total = knownOf(facts.memory)?.totalBytes
      if (pages === undefined || total === undefined) return []
      const bytes = pages.count * pages.pageBytes
      return bytes > total / 2 ? [`${pages.count} x ${pages.pageBytes / 1024} kB; ${gibibytes(total)}`] : []
    },
  },
  { id: 'disk-full', severity: 'error', match: (facts) => spacesThat(facts, isFull) },
  { id: 'disk-almost-full', severity: 'warning', match: (facts) => spacesThat(facts, isAlmostFull) },
  { id: 'disk-rotating', severity: 'hint', match: onRotatingDisk },
  {
    id: 'numa-balancing',
    severity: 'hint',
    match: (facts) => {
      const numa = stackOf(facts, 'numa')
      const on = numa !== undefined && numa.nodes > 1 && knownOf(numa.balancing) === true
      return on && reportsThere(facts).length > 0 ? [`numa_balancing=1; nodes: ${numa.nodes}`] : []
    },
  },
  {
    id: 'iommu-translates',
    severity: 'hint',
    match: (facts) => {
      const cards = facts.accelerators.find(({ vendor }) => vendor === 'nvidia')?.devices
      const several = (knownOf(cards)?.length ?? 0) > 1
      return stackOf(facts, 'iommu') === 'translated' && several ? ['iommu_groups/0/type: DMA'] : []
    },
  },
  {
    id: 'network-slow',
    severity: 'warning',
    match: (facts) =>
      (stackOf(facts, 'networkCards') ?? []).flatMap(({ name, up, megabits }) => {
        const speed = knownOf(megabits)
        const isSlow = up && speed !== undefined && speed < 1000
        return isSlow && !noLanCard.test(name) ? [`${name}: ${speed} Mbit/s`] : []
      }),
  },
  {
    id: 'unattended-upgrades',
    severity: 'hint',
    match: (facts) => {
      const unit = stackOf(facts, 'services')?.find(({ name }) => name === 'unattended-upgrades')
      return unit?.active === 'active' && isThere(facts, 'nvidia') ? ['unattended-upgrades.service: active'] : []
    },
  },
  {
    id: 'login-only',
    severity: 'hint',
    match: ({ privilege, partial }) => (privilege === 'login' && partial === undefined ? ['sudo: -'] : []),
  },
]

/** By its signature, or without one by the kernel's lockdown; `modprobe` says it by the key. */
const moduleRefused =
  /Loading of .{0,60} is rejected|unsigned module loading is restricted|Key was rejected by service|PKCS#7 signature not signed/

/** A module that was refused is an accelerator's only where one cannot be used. */
function refusedBySecureBoot(facts: Facts): readonly string[] {
  const without = undriven(facts)
  const isUsable = without.length === 0 && reportsThere(facts).every(({ devices }) => whyOf(devices) === undefined)
  if (stackOf(facts, 'secureBoot') !== true || isUsable) return []
  const refused = logLines(facts, moduleRefused)
  return refused.length > 0 ? ['SecureBoot: 1', ...refused, ...without] : []
}

/** The facts are taken some seconds after the appliance said its time, never minutes. */
function clockOff(facts: Facts): readonly string[] {
  const seconds = stackOf(facts, 'clockSeconds')
  const here = Date.parse(facts.takenAt) / 1000
  if (seconds === undefined || !Number.isFinite(here)) return []
  const off = Math.round(seconds - here)
  return Math.abs(off) > clockOffSeconds ? [`${off > 0 ? '+' : ''}${off} s`] : []
}

/** Of a very large disk a fiftieth is still room for a model. */
function isFull({ totalBytes, freeBytes }: Space): boolean {
  return freeBytes < gibibyte || (freeBytes < totalBytes / 50 && freeBytes < 20 * gibibyte)
}

/** Of a large disk a tenth is still much: a model and its image need about 200 GiB. */
function isAlmostFull(space: Space): boolean {
  const { totalBytes, freeBytes } = space
  return !isFull(space) && freeBytes < totalBytes / 10 && freeBytes < 200 * gibibyte
}

/** Each filesystem once, whatever lies on it. */
function spacesThat({ spaces }: Facts, is: (space: Space) => boolean): readonly string[] {
  const found = Object.values(knownOf(spaces) ?? {}).filter((space) => space.totalBytes > 0 && is(space))
  const byFilesystem = new Map(found.map((space) => [space.filesystem, space]))
  return [...byFilesystem.values()].map(
    ({ path, filesystem, freeBytes, totalBytes }) =>
      `${path} (${filesystem}): ${gibibytes(freeBytes)} / ${gibibytes(totalBytes)}`,
  )
}

/** Virtual disks say that they rotate, whatever lies under them. */
function onRotatingDisk(facts: Facts): readonly string[] {
  const under = stackOf(facts, 'diskUnder') ?? {}
  const disks = stackOf(facts, 'disks') ?? []
  return ['rackside', 'engine'].flatMap((purpose) => {
    const disk = disks.find(({ name }) => name === under[purpose])
    return disk?.rotating === true && !/^x?vd/.test(disk.name) ? [`${purpose}: /dev/${disk.name}`] : []
  })
}
