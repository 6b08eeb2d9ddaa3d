// The whole stack in one place: what the engine says of its runtimes, and the probes around it.
import * as z from 'zod'
import type { Facts } from '../domain/facts.ts'
import { evidence } from '../domain/failure.ts'
import { absent, known, unreadable } from '../domain/reading.ts'
import type { Stack } from '../domain/stack.ts'
import { readContainerDevices } from './container-devices.ts'
import { containerLookProbe } from './container-look.ts'
import { parsed, shapeProblem } from './engine.ts'
import { hostServicesProbe, readHostServices } from './host-services.ts'
import { hostStateProbe, readDiskUnder, readHostState } from './host-state.ts'
import { kernelLogProbe, readKernelLog } from './kernel-log.ts'
import { type Answers, answerText, type Probe } from './probe.ts'

export const stackProbes: readonly Probe[] = [containerLookProbe, kernelLogProbe, hostServicesProbe, hostStateProbe]

/** Total: a question without an answer makes its own facts unreadable. */
export function readStack(answers: Answers, spaces: Facts['spaces']): Stack {
  return {
    runtimes: readRuntimes(answers),
    ...readHostState(answers),
    ...readHostServices(answers),
    diskUnder: readDiskUnder(answers, spaces),
    containerDevices: readContainerDevices(answers),
    kernelLog: readKernelLog(answers),
  }
}

const text = z.string().max(500)
// Names as Docker's API documents its /info; CDISpecDirs since 25.0.
const runtimeInfo = z.object({
  Runtimes: z.record(z.string(), z.unknown()).nullish(),
  DefaultRuntime: text.nullish(),
  CgroupDriver: text.nullish(),
  CDISpecDirs: z.array(text).nullish(),
  SecurityOptions: z.array(text).nullish(),
})

/** Absent without Docker; unreadable where its daemon is silent. */
function readRuntimes(answers: Answers): Stack['runtimes'] {
  if (answers.get('docker-version')?.state === 'missing') return absent
  const info = answerText(answers, 'docker-info')
  if (info.state !== 'known') return info
  const read = runtimeInfo.safeParse(parsed(info.value.split('\n', 1)[0] ?? ''))
  if (!read.success) return unreadable(`docker info: ${shapeProblem(read.error)}`)
  const { Runtimes, DefaultRuntime, CgroupDriver, CDISpecDirs, SecurityOptions } = read.data
  if (DefaultRuntime === undefined || DefaultRuntime === null || DefaultRuntime === '')
    return unreadable('docker info names no runtime')
  return known({
    names: Object.keys(Runtimes ?? {})
      .slice(0, 40)
      .map((name) => evidence(name, 100)),
    standard: evidence(DefaultRuntime, 100),
    cgroupDriver: evidence(CgroupDriver ?? '', 60),
    cdiFolders: (CDISpecDirs ?? []).slice(0, 10).map((folder) => evidence(folder, 180)),
    rootless: (SecurityOptions ?? []).some((option) => option.includes('name=rootless')),
  })
}
