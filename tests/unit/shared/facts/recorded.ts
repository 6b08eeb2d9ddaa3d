// The one loader of recorded answers. A case is a folder tests/fixtures/facts/<reader>/<case>/ with
// PROBE.stdout, PROBE.stderr and PROBE.json (state, exitCode, since; default: answered, exit 0), and
// expected.json. A probe without a file is missing on that appliance. In expected.json a known reading
// is its value; the others are "(absent)" and "(unreadable) why".
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type AcceleratorPart, acceleratorsNow, hearTools } from '../../../../shared/facts/accelerator-samples.ts'
import { vendorReaders } from '../../../../shared/facts/accelerators/all.ts'
import { hostMemoryOf } from '../../../../shared/facts/accelerators/host-memory.ts'
import { reportOf } from '../../../../shared/facts/accelerators/report.ts'
import type { VendorReader } from '../../../../shared/facts/accelerators/vendor.ts'
import { allProbes } from '../../../../shared/facts/assemble.ts'
import { readContainerDevices } from '../../../../shared/facts/container-devices.ts'
import { readEngine, readPodman } from '../../../../shared/facts/engine.ts'
import { readEngineObjects } from '../../../../shared/facts/engine-objects.ts'
import { readArtifacts } from '../../../../shared/facts/installed.ts'
import { readPorts } from '../../../../shared/facts/ports.ts'
import type { Answers, ProbeAnswer } from '../../../../shared/facts/probe.ts'
import { readSpaces } from '../../../../shared/facts/spaces.ts'
import { readStack } from '../../../../shared/facts/stack.ts'
import { readHostMemory, readSystem } from '../../../../shared/facts/system.ts'

const root = fileURLToPath(new URL('../../../fixtures/facts/', import.meta.url))

/** `VENDOR` is its report, `VENDOR-sample` what a sample shows of it. */
const ofVendors = Object.fromEntries(
  vendorReaders.flatMap((reader) => [
    [reader.vendor, (answers: Answers) => reportOf(reader, answers)],
    ...(existsSync(`${root}${reader.vendor}-sample`)
      ? [[`${reader.vendor}-sample`, (answers: Answers) => sampleParts(reader, answers)]]
      : []),
  ]),
)

export const readers: Readonly<Record<string, (answers: Answers) => unknown>> = {
  ...ofVendors,
  system: readSystem,
  spaces: readSpaces,
  ports: (answers) => readPorts(answers, 'root'),
  engine: (answers) => ({ engine: readEngine(answers), podman: readPodman(answers) }),
  'engine-objects': readEngineObjects,
  'container-devices': readContainerDevices,
  artifacts: readArtifacts,
  stack: (answers) => readStack(answers, readSpaces(answers)),
}

/** What a sample shows of a vendor whose tool answered this in its first second. */
export function sampleParts({ vendor, sampleProbe }: VendorReader, answers: Answers): AcceleratorPart {
  const answer = answers.get(sampleProbe.id)
  const heard = hearTools(new Map(), { answers: answer === undefined ? [] : [answer], atMs: 0 })
  const { silent, accelerators } = acceleratorsNow(heard, { atMs: 0 }, hostMemoryOf(readHostMemory(answers)))
  return { silent: silent.filter((one) => one.vendor === vendor), accelerators }
}

export type RecordedCase = {
  readonly reader: string
  readonly name: string
  readonly answers: Answers
  readonly expected: unknown
}

export function recordedCases(): RecordedCase[] {
  return Object.keys(readers).flatMap((reader) =>
    readdirSync(`${root}${reader}`).map((name) => {
      const folder = `${root}${reader}/${name}/`
      const expected: unknown = JSON.parse(readFileSync(`${folder}expected.json`, 'utf8'))
      return { reader, name, answers: answersIn(folder), expected }
    }),
  )
}

export function answer(id: string, stdout: string, rest: Partial<ProbeAnswer> = {}): ProbeAnswer {
  const exitCode = { state: 'known', value: 0 } as const
  return { id, state: 'answered', exitCode, since: { state: 'absent' }, stdout, stderr: '', damage: undefined, ...rest }
}

function answersIn(folder: string): Answers {
  const files = new Set(readdirSync(folder))
  const text = (file: string) => (files.has(file) ? readFileSync(folder + file, 'utf8') : '')
  const one = (id: string): [string, ProbeAnswer] => {
    if (![`${id}.stdout`, `${id}.stderr`, `${id}.json`].some((file) => files.has(file))) {
      return [id, answer(id, '', { state: 'missing', exitCode: { state: 'known', value: 127 } })]
    }
    const { state = 'answered', exitCode, since } = JSON.parse(text(`${id}.json`) || '{"exitCode":0}')
    return [
      id,
      answer(id, text(`${id}.stdout`), {
        state,
        stderr: text(`${id}.stderr`),
        exitCode:
          exitCode === undefined
            ? { state: 'unreadable', why: 'it has not ended' }
            : { state: 'known', value: exitCode },
        since: since === undefined ? { state: 'absent' } : { state: 'known', value: since },
      }),
    ]
  }
  return new Map(allProbes.map((probe) => one(probe.id)))
}

/** Readings in the short form of expected.json. */
export function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compact)
  if (typeof value !== 'object' || value === null) return value
  const reading = value as { state?: unknown; value?: unknown; why?: unknown }
  if (reading.state === 'known') return compact(reading.value)
  if (reading.state === 'absent') return '(absent)'
  if (reading.state === 'unreadable') return `(unreadable) ${String(reading.why)}`
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, compact(one)]))
}
