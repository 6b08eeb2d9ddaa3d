// The ward's catalog, whose app keeps notes in a volume, with a job that fills them in and a probe that tries it out.
import type { SolutionTask } from '../../shared/domain/entry/solution-entry.ts'
import { type Entry, entry } from '../../shared/domain/entry.ts'
import type { Catalog } from '../../shared/plan/catalog.ts'
import { catalogWithVolumes } from './ward-with-volumes.ts'

const text = (said: string) => ({ en: said, 'zh-CN': `${said}（中文）` })
const about = (id: string) => ({ id, version: '1', title: text(id), summary: text(id), licence: { spdx: 'MIT' } })
const variant = {
  ...{
    id: 'any',
    images: { amd64: { artifact: 'note-helper-amd64' } },
    program: '/bin/do',
    arguments: ['{service.host}'],
  },
  ...{ environment: { URL: 'http://{service.host}:{service.port}' }, overheadBytes: 64 * 1024 ** 2, evidence: 'none' },
}

const starterJob = { kind: 'job', ...about('starter'), timeoutSeconds: 60, variants: [variant] }
const smokeProbe = { kind: 'probe', ...about('smoke'), timeoutSeconds: 60, variants: [variant] }

export const jobBefore: SolutionTask = {
  ...{ role: 'job', name: 'ward-starter', job: 'starter', prepares: 'note-helper', runs: 'before' },
}
export const jobAfter: SolutionTask = { ...jobBefore, runs: 'after' }
export const probeOfApp: SolutionTask = { role: 'probe', name: 'ward-smoke', probe: 'smoke', of: 'note-helper' }

export type TaskChanges = { readonly job?: object; readonly probe?: object }

export function catalogWithTasks(tasks: readonly SolutionTask[], { job, probe }: TaskChanges = {}): Catalog {
  const { entries, artifacts } = catalogWithVolumes()
  const made: Entry[] = [entry.parse({ ...starterJob, ...job }), entry.parse({ ...smokeProbe, ...probe })]
  const wired = entries.map((one) =>
    one.kind === 'solution' ? { ...one, services: [...one.services, ...tasks] } : one,
  )
  return { entries: [...wired, ...made], artifacts }
}
