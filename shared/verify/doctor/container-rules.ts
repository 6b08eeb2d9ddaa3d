// Between the driver and a container: the engine, the vendors' runtimes, and the container device interface.
import type { Facts } from '../../domain/facts.ts'
import { devicesOf, hasProgram, knownOf, stackOf, whyOf } from './look.ts'
import type { Rule } from './rule.ts'

const hung = /did not answer in time|it has hung since|an earlier call of it still hangs/
/** On its way to us, which says nothing of the engine. */
const damaged = /the answer (?:breaks off|has a wrong length|is too long)/
const refused = /permission denied/i

export const containerRules: readonly Rule[] = [
  {
    id: 'engine-missing',
    severity: 'error',
    match: ({ engine, podman }) => (engine.state === 'absent' && podman.state === 'absent' ? ['docker: -'] : []),
  },
  {
    id: 'podman-only',
    severity: 'error',
    match: ({ engine, podman }) =>
      engine.state === 'absent' && podman.state === 'known' ? [`podman ${podman.value}`] : [],
  },
  {
    id: 'engine-down',
    severity: 'error',
    match: (facts) => engineWhy(facts, (why) => ![hung, refused, damaged].some((other) => other.test(why))),
  },
  { id: 'engine-hung', severity: 'error', match: (facts) => engineWhy(facts, (why) => hung.test(why)) },
  { id: 'engine-permission', severity: 'error', match: (facts) => engineWhy(facts, (why) => refused.test(why)) },
  { id: 'engine-old', severity: 'warning', match: oldEngine },
  {
    id: 'engine-not-at-boot',
    severity: 'warning',
    match: (facts) => {
      const unit = stackOf(facts, 'services')?.find(({ name }) => name === 'docker')
      return unit?.active === 'active' && unit.starts === 'disabled' ? ['docker.service: disabled'] : []
    },
  },
  {
    id: 'engine-rootless',
    severity: 'warning',
    match: (facts) => (stackOf(facts, 'runtimes')?.rootless === true ? ['name=rootless'] : []),
  },
  {
    id: 'engine-from-snap',
    severity: 'error',
    match: ({ engine }) => {
      const folder = knownOf(engine)?.rootFolder ?? ''
      return folder.startsWith('/var/snap/') ? [folder] : []
    },
  },
  {
    id: 'storage-driver-slow',
    severity: 'warning',
    match: ({ engine }) => {
      const driver = knownOf(engine)?.storageDriver ?? ''
      return ['vfs', 'devicemapper'].includes(driver) ? [`storage driver ${driver}`] : []
    },
  },
  {
    id: 'nvidia-toolkit-missing',
    severity: 'error',
    match: (facts) =>
      hasCards(facts, 'nvidia') && hasEngine(facts) && toolkit(facts) === false
        ? toolkitPrograms.map((name) => `${name}: -`)
        : [],
  },
  {
    id: 'nvidia-runtime-missing',
    severity: 'warning',
    match: (facts) => {
      const runtimes = stackOf(facts, 'runtimes')
      if (runtimes === undefined || toolkit(facts) !== true || !hasCards(facts, 'nvidia')) return []
      const registered = runtimes.names.some((name) => name.startsWith('nvidia'))
      const mayUseCdi = runtimes.cdiFolders.length > 0 && nvidiaSpec(facts) !== false
      return registered || mayUseCdi ? [] : [`runtimes: ${runtimes.names.join(' ')}`]
    },
  },
  { id: 'gpus-vanish-on-reload', severity: 'warning', match: vanishing },
  {
    id: 'cdi-not-generated',
    severity: 'hint',
    match: (facts) => {
      const folders = stackOf(facts, 'runtimes')?.cdiFolders ?? []
      const could = folders.length > 0 && toolkit(facts) === true && hasCards(facts, 'nvidia')
      return could && nvidiaSpec(facts) === false ? [`${folders.join(' ')}: no nvidia.com/gpu`] : []
    },
  },
  {
    id: 'cdi-not-read',
    severity: 'warning',
    match: (facts) =>
      stackOf(facts, 'runtimes')?.cdiFolders.length === 0 && nvidiaSpec(facts) === true
        ? [`CDISpecDirs: []; docker ${knownOf(facts.engine)?.version ?? '?'}`]
        : [],
  },
  {
    id: 'ascend-runtime-missing',
    severity: 'hint',
    match: (facts) => (ascendRuntime(facts) === 'nowhere' ? ['ascend-docker-runtime: -'] : []),
  },
  {
    id: 'ascend-runtime-unregistered',
    severity: 'warning',
    match: (facts) =>
      ascendRuntime(facts) === 'unregistered' ? [`runtimes: ${stackOf(facts, 'runtimes')?.names.join(' ')}`] : [],
  },
]

function engineWhy({ engine }: Facts, is: (why: string) => boolean): readonly string[] {
  const why = whyOf(engine)
  return why !== undefined && is(why) ? [why] : []
}

function hasEngine({ engine }: Facts): boolean {
  return engine.state === 'known'
}

function hasCards(facts: Facts, vendor: string): boolean {
  return devicesOf(facts, vendor).length > 0
}

/** 20.10 is the oldest whose answers are read right, and that takes today's container toolkits. */
function oldEngine({ engine }: Facts): readonly string[] {
  const version = knownOf(engine)?.version ?? ''
  const [, major, minor] = /^(\d{1,4})\.(\d{1,4})/.exec(version) ?? []
  if (major === undefined) return []
  return Number(major) < 20 || (Number(major) === 20 && Number(minor) < 10) ? [`docker ${version}`] : []
}

const toolkitPrograms = ['nvidia-ctk', 'nvidia-container-runtime']
const anyToolkitProgram = [...toolkitPrograms, 'nvidia-container-runtime-hook', 'nvidia-container-cli']

/** Undefined where nobody could look. */
function toolkit(facts: Facts): boolean | undefined {
  return stackOf(facts, 'programs') === undefined ? undefined : hasProgram(facts, anyToolkitProgram)
}

/** Undefined too where a spec could not be read: it may be NVIDIA's. */
function nvidiaSpec(facts: Facts): boolean | undefined {
  const specs = stackOf(facts, 'cdiSpecs')
  if (specs?.some(({ kind }) => knownOf(kind)?.startsWith('nvidia.com/') === true) === true) return true
  return specs?.every(({ kind }) => kind.state !== 'unreadable') === true ? false : undefined
}

function usesCdi(facts: Facts): boolean {
  return nvidiaSpec(facts) === true && (stackOf(facts, 'runtimes')?.cdiFolders.length ?? 0) > 0
}

/**
 * With systemd as cgroup driver a `daemon-reload` writes the device rules of running containers anew, without the
 * cards that the toolkit added behind the engine's back (accelerators.md section 1). A spec tells the engine of them.
 */
function vanishing(facts: Facts): readonly string[] {
  const runtimes = stackOf(facts, 'runtimes')
  if (runtimes?.cgroupDriver !== 'systemd' || toolkit(facts) !== true || !hasCards(facts, 'nvidia')) return []
  if (nvidiaSpec(facts) === undefined || usesCdi(facts)) return []
  return [`cgroup driver ${runtimes.cgroupDriver}`, 'nvidia.com/gpu: -']
}

function ascendRuntime(facts: Facts): 'there' | 'unregistered' | 'nowhere' | 'unknown' {
  const runtimes = stackOf(facts, 'runtimes')
  const programs = stackOf(facts, 'programs')
  if (runtimes === undefined || programs === undefined || !hasCards(facts, 'ascend')) return 'unknown'
  if (runtimes.names.includes('ascend')) return 'there'
  return programs.includes('ascend-docker-runtime') ? 'unregistered' : 'nowhere'
}
