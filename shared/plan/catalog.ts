// A catalog as plans read it: entries by id, and the digest list that binds artifact ids to bytes.
import type { Artifact } from '../domain/artifact.ts'
import type { AppEntry } from '../domain/entry/app-entry.ts'
import type { GatewayEntry } from '../domain/entry/gateway-entry.ts'
import type { IngressEntry } from '../domain/entry/ingress-entry.ts'
import type { ModelEntry } from '../domain/entry/model-entry.ts'
import type { RuntimeEntry } from '../domain/entry/runtime-entry.ts'
import type { SolutionEntry, SolutionService, SolutionTask } from '../domain/entry/solution-entry.ts'
import type { TaskEntry } from '../domain/entry/task-entry.ts'
import type { Entry } from '../domain/entry.ts'
import { fail, ok, type Result } from '../domain/failure.ts'

export type Catalog = {
  readonly entries: readonly Entry[]
  readonly artifacts: readonly Artifact[]
}

type EntryOf<K extends Entry['kind']> = Extract<Entry, { kind: K }>

function find<K extends Entry['kind']>(catalog: Catalog, kind: K, id: string): EntryOf<K> | undefined {
  return catalog.entries.find((e): e is EntryOf<K> => e.kind === kind && e.id === id)
}

export function solutionIds(catalog: Catalog): string[] {
  return catalog.entries.filter((e) => e.kind === 'solution').map((e) => e.id)
}

export function findSolution(catalog: Catalog, id: string): Result<SolutionEntry> {
  const found = find(catalog, 'solution', id)
  return found === undefined ? fail({ kind: 'solution-unknown', solution: id, known: solutionIds(catalog) }) : ok(found)
}

/** The entries one service of a solution is made of. */
export type ServiceEntries =
  | { readonly role: 'model'; readonly runtimes: readonly RuntimeEntry[]; readonly model: ModelEntry }
  | { readonly role: 'gateway'; readonly gateway: GatewayEntry }
  | { readonly role: 'ingress'; readonly ingress: IngressEntry }
  | { readonly role: 'app'; readonly app: AppEntry }

export function entriesOf(catalog: Catalog, service: SolutionService): Result<ServiceEntries> {
  const missing = (entry: string) => fail({ kind: 'entry-unknown', entry, neededBy: service.name })
  if (service.role === 'app') {
    const app = find(catalog, 'app', service.app)
    return app === undefined ? missing(service.app) : ok({ role: 'app', app })
  }
  if (service.role === 'gateway') {
    const gateway = find(catalog, 'gateway', service.gateway)
    return gateway === undefined ? missing(service.gateway) : ok({ role: 'gateway', gateway })
  }
  if (service.role === 'ingress') {
    const ingress = find(catalog, 'ingress', service.ingress)
    return ingress === undefined ? missing(service.ingress) : ok({ role: 'ingress', ingress })
  }
  const runtimes: RuntimeEntry[] = []
  for (const id of service.runtimes) {
    const runtime = find(catalog, 'runtime', id)
    if (runtime === undefined) return missing(id)
    runtimes.push(runtime)
  }
  const model = find(catalog, 'model', service.model)
  return model === undefined ? missing(service.model) : ok({ role: 'model', runtimes, model })
}

export function taskEntryOf(catalog: Catalog, task: SolutionTask): Result<TaskEntry> {
  const [kind, id] = task.role === 'job' ? (['job', task.job] as const) : (['probe', task.probe] as const)
  const found = find(catalog, kind, id)
  return found === undefined ? fail({ kind: 'entry-unknown', entry: id, neededBy: task.name }) : ok(found)
}

export function findArtifact(catalog: Catalog, id: string): Artifact | undefined {
  return catalog.artifacts.find((a) => a.id === id)
}
