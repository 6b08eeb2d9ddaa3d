// What systeminformation answers on a Mac and on Windows, as hand-written files: tests/fixtures/partial-facts/<case>/
// has answers.json, and in expected.json the facts that come of them and the devices that are named, by vendor.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { SystemSources } from '../../main/facts/partial-facts.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import type { PartialPlatform } from '../../shared/domain/partial-platform.ts'
import { known } from '../../shared/domain/reading.ts'
import { partialFacts, type SystemAnswers, type SystemCall } from '../../shared/facts/partial.ts'

type Told = { readonly [C in SystemCall]?: unknown } & { readonly osInfo: { readonly platform: string } }

export type PartialCase = {
  readonly name: string
  readonly platform: PartialPlatform
  readonly told: Told
  readonly expected: Partial<Facts>
  readonly named: Readonly<Record<string, readonly string[]>>
}

const folder = fileURLToPath(new URL('../fixtures/partial-facts/', import.meta.url))
const takenAt = '2026-11-26T09:00:00.000Z'

export function partialCases(): PartialCase[] {
  return readdirSync(folder).sort().map(partialCase)
}

export function partialCase(name: string): PartialCase {
  const told = read(`${name}/answers.json`) as Told
  const { named, ...expected } = read(`${name}/expected.json`) as Partial<Facts> & Pick<PartialCase, 'named'>
  return { name, platform: told.osInfo.platform === 'Windows' ? 'win32' : 'darwin', told, expected, named }
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(`${folder}${path}`, 'utf8'))
}

export function answersOf(told: object): SystemAnswers {
  return Object.fromEntries(Object.entries(told).map(([call, answer]) => [call, known(answer)]))
}

export function factsOf({ told, platform }: Pick<PartialCase, 'told' | 'platform'>): Facts {
  return partialFacts(answersOf(told), { platform, takenAt })
}

/** Each call answers as in the case; one that the case lacks rejects. */
export function sourcesOf(told: { readonly [C in SystemCall]?: unknown }): SystemSources {
  const source = (call: SystemCall) => async () => {
    if (told[call] === undefined) throw new Error(`${call} is not there`)
    return told[call]
  }
  return {
    ...{ osInfo: source('osInfo'), uuid: source('uuid'), cpu: source('cpu'), mem: source('mem') },
    ...{ fsSize: source('fsSize'), networkConnections: source('networkConnections'), graphics: source('graphics') },
  }
}
