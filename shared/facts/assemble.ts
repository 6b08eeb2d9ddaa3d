// Answers of all probes -> Facts. The list of probes and the readers meet here and nowhere else.
import type { Privilege } from '../domain/command.ts'
import type { Facts, ProbeOutcome } from '../domain/facts.ts'
import { absent, unreadable } from '../domain/reading.ts'
import type { Stack } from '../domain/stack.ts'
import { vendorReaders } from './accelerators/all.ts'
import { pciProbe } from './accelerators/pci.ts'
import { nodeProbe, reportOf } from './accelerators/report.ts'
import { addressesProbe, readAddresses } from './addresses.ts'
import { certificatesProbe, readCertificates } from './certificates.ts'
import { containerLookProbe } from './container-look.ts'
import { engineProbes, readEngine, readPodman } from './engine.ts'
import { engineObjectProbes, readEngineObjects } from './engine-objects.ts'
import {
  installedProbes,
  readArtifacts,
  readChangedSignIns,
  readDeployments,
  readModelFolders,
  readOwners,
  readSecrets,
  readServiceFiles,
  readStaged,
  readTasks,
} from './installed.ts'
import { portProbes, readPorts } from './ports.ts'
import type { Answers, Probe } from './probe.ts'
import { readSpaces, spaceProbes } from './spaces.ts'
import { readStack, stackProbes } from './stack.ts'
import { readSystem, systemProbes } from './system.ts'

/** Every probe once, slow ones first, so that they run while the script starts the others. */
export const allProbes: readonly Probe[] = uniqueById([
  ...vendorReaders.flatMap((reader) => reader.probes.filter((probe) => probe.tool === true)),
  ...engineObjectProbes,
  ...engineProbes,
  ...stackProbes,
  ...spaceProbes,
  ...portProbes,
  addressesProbe,
  pciProbe,
  nodeProbe(vendorReaders),
  ...vendorReaders.flatMap((reader) => reader.probes),
  ...systemProbes,
  ...installedProbes,
  certificatesProbe,
])

/**
 * What plans and verdicts read, and all that a login may ask that only watches. The look into containers starts
 * programs there: for a person who wants to know.
 */
export const usualProbes: readonly Probe[] = allProbes.filter((probe) => probe !== containerLookProbe)

function uniqueById(probes: readonly Probe[]): Probe[] {
  return [...new Map(probes.map((probe) => [probe.id, probe])).values()]
}

export type Snapshot = {
  /** UTC, ISO 8601, console clock. */
  readonly takenAt: string
  readonly privilege: Privilege
  /** The probes that were asked, answered or not. */
  readonly probes: readonly Probe[]
  readonly answers: Answers
}

const noObjects = { containers: absent, images: absent, networks: absent } as const

/** Total: a question without an answer makes its facts unreadable. */
export function assembleFacts(snapshot: Snapshot): Facts {
  const { answers, privilege } = snapshot
  const engine = readEngine(answers)
  const spaces = readSpaces(answers)
  return {
    format: 1,
    takenAt: snapshot.takenAt,
    privilege,
    ...readSystem(answers),
    spaces,
    engine,
    podman: readPodman(answers),
    listeningPorts: readPorts(answers, privilege),
    addresses: readAddresses(answers),
    accelerators: vendorReaders.map((reader) => reportOf(reader, answers)),
    // Podman behind the docker command would list its own: not an engine that is driven.
    ...(engine.state === 'absent' ? noObjects : readEngineObjects(answers)),
    artifacts: readArtifacts(answers),
    modelFolders: readModelFolders(answers),
    staged: readStaged(answers),
    deployments: readDeployments(answers),
    owners: readOwners(answers),
    secrets: readSecrets(answers),
    serviceFiles: readServiceFiles(answers),
    certificates: readCertificates(answers),
    changedSignIns: readChangedSignIns(answers),
    tasks: readTasks(answers),
    stack: stackOf(snapshot, readStack(answers, spaces)),
    probes: snapshot.probes.map((probe) => outcomeOf(probe, answers)),
  }
}

/** Containers are looked into only where that was asked for. */
function stackOf({ probes }: Snapshot, { containerDevices, ...stack }: Stack): Stack {
  const looked = containerDevices !== undefined && probes.some(({ id }) => id === containerLookProbe.id)
  return looked ? { ...stack, containerDevices } : stack
}

/** A frame that never arrived counts as timed out, with an exit code that says why. */
function outcomeOf(probe: Probe, answers: Answers): ProbeOutcome {
  const answer = answers.get(probe.id)
  if (answer === undefined)
    return {
      id: probe.id,
      state: 'timed-out',
      exitCode: unreadable('no answer came back'),
      since: unreadable('no answer came back'),
    }
  return { id: answer.id, state: answer.state, exitCode: answer.exitCode, since: answer.since }
}
