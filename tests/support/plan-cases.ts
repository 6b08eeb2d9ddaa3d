// The one loader of plan cases. A case is a folder tests/fixtures/plans/<case>/ with case.json (what it is
// about, the facts that differ from bare-server.json, artifacts or entries left out of the bundle) and
// what is expected of it: plan.txt, and commands.txt where the case asks for it.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readYaml } from '../../main/catalog/read-yaml.ts'
import type { Address } from '../../shared/domain/appliance.ts'
import { digestList } from '../../shared/domain/artifact.ts'
import { entry } from '../../shared/domain/entry.ts'
import { type Facts, facts as factsSchema } from '../../shared/domain/facts.ts'
import type { Plan, PlanPurpose, SetUpPlan } from '../../shared/domain/plan.ts'
import { named, type PlanTools } from '../../shared/plan/assemble-plan.ts'
import type { Catalog } from '../../shared/plan/catalog.ts'
import { makePlan, type PlanWish } from '../../shared/plan/make-plan.ts'

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url))
const bareServer = fileURLToPath(new URL('../../resources/appliances/base/bare-server.json', import.meta.url))
export const wardBundle = `${fixtures}catalog/ward`

export const wish: PlanWish = {
  solution: 'ward',
  address: { host: '10.78.0.11', port: 22, user: 'ops' },
  bundleId: 'bundle-ward',
  signed: false,
  soakSeconds: 60,
}
export const tools: PlanTools = {
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  now: '2026-11-20T08:00:05.000Z',
}

export type PlanCase = {
  readonly name: string
  readonly about: string
  readonly folder: string
  readonly facts: Facts
  readonly catalog: Catalog
  readonly commands: boolean
  /** Services whose memory somebody ignores. */
  readonly ignoreFit: readonly string[]
}

type CaseFile = { about: string; facts: object; without?: string[]; commands?: boolean; ignoreFit?: string[] }

export function planCases(): PlanCase[] {
  const names = readdirSync(`${fixtures}plans`, { withFileTypes: true }).filter((e) => e.isDirectory())
  return names.map((e) => planCase(e.name)).sort((a, b) => (a.name < b.name ? -1 : 1))
}

export function planCase(name: string): PlanCase {
  const folder = `${fixtures}plans/${name}`
  const {
    about,
    facts,
    without = [],
    commands = false,
    ignoreFit = [],
  } = JSON.parse(readFileSync(`${folder}/case.json`, 'utf8')) as CaseFile
  const bare = JSON.parse(readFileSync(bareServer, 'utf8')) as object
  const catalog = wardCatalog(without)
  return { name, about, folder, facts: withSpecDigests({ ...bare, ...facts }, catalog), catalog, commands, ignoreFit }
}

/** The facts of a case in which nothing was said otherwise: a bare server with Docker. */
export function bareFacts(other: Partial<Facts> = {}): Facts {
  const text = readFileSync(bareServer, 'utf8')
  return { ...factsSchema.parse(JSON.parse(text)), ...other }
}

let whole: Catalog | undefined

export function wardCatalog(without: readonly string[] = []): Catalog {
  whole ??= readWardCatalog()
  return {
    entries: whole.entries.filter((e) => e.kind === 'solution' || !without.includes(e.id)),
    artifacts: whole.artifacts.filter((a) => !without.includes(a.id)),
  }
}

function readWardCatalog(): Catalog {
  const files = readdirSync(`${wardBundle}/catalog`, { recursive: true, encoding: 'utf8' }).filter((f) =>
    f.endsWith('.yaml'),
  )
  const entries = files.sort().map((file) => {
    const read = readYaml(file, readFileSync(`${wardBundle}/catalog/${file}`, 'utf8'), entry)
    if (!read.ok) throw new Error(JSON.stringify(read.failure))
    return read.value
  })
  const { artifacts } = digestList.parse(JSON.parse(readFileSync(`${wardBundle}/digests.json`, 'utf8')))
  return { entries, artifacts }
}

export function planFor(facts: Facts, catalog: Catalog = wardCatalog(), more: Partial<PlanWish> = {}): SetUpPlan {
  const made = makePlan(facts, catalog, { ...wish, ...more }, tools)
  if (!made.ok) throw new Error(JSON.stringify(made.failure))
  return made.value
}

/** As if it had been made for this: a plan that somebody edited is not read again. */
export function madeFor<P extends PlanPurpose>(
  plan: Plan,
  purpose: P,
  address: Address = plan.address,
): Plan & { readonly purpose: P } {
  return named({ ...plan, purpose, address }, tools.sha256)
}

/** Writes the digest of the present spec wherever a fixture says "{spec NAME}". */
function withSpecDigests(raw: object, catalog: Catalog): Facts {
  const facts = factsSchema.parse(raw)
  let text = JSON.stringify(facts)
  for (const step of planFor(facts, catalog).steps) {
    if (step.spec.kind !== 'container') continue
    text = text.replaceAll(`{spec ${step.spec.spec.deployment}}`, step.spec.specDigest)
  }
  return factsSchema.parse(JSON.parse(text))
}
