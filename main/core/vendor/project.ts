// A project of whoever delivers apps: a folder with `vendor.yaml`, the entries in `catalog/`, and the versions that were
// taken back in `blocked.yaml`. What is made of it lies beside them in `bundle/`.
import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import * as z from 'zod'
import { entryId } from '../../../shared/domain/artifact.ts'
import { blockedVersion } from '../../../shared/domain/blocked-version.ts'
import { evidence, type FailureOf, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { source } from '../../catalog/build/sources.ts'
import { readYaml } from '../../catalog/read-yaml.ts'
import { readPlainText } from '../../files/plain-file.ts'

export const projectFile = 'vendor.yaml'
export const blockedFile = 'blocked.yaml'

export const vendorProject = z.strictObject({
  format: z.literal(1),
  /** Every release of it takes the place of the one before. */
  line: entryId,
  /** A folder with the publisher's keys, relative to the project. */
  publisher: z.string().min(1).max(4096),
  artifacts: z.record(entryId, source),
})

export const blockedDocument = z.strictObject({ blocked: z.array(blockedVersion).max(1000) })

export type Project = z.infer<typeof vendorProject> & {
  readonly folder: string
  readonly publisherFolder: string
  readonly catalog: string
  /** Where it is packed. */
  readonly bundle: string
  /** Undefined where none was ever taken back. */
  readonly blocked: z.infer<typeof blockedDocument>['blocked'] | undefined
}

type ProjectProblem = FailureOf<'vendor-project-unusable'>['problem']

export function unusableProject(place: string, problem: ProjectProblem, detail = '') {
  return fail({
    kind: 'vendor-project-unusable',
    path: evidence(place, 490),
    problem,
    detail: evidence(detail, 490),
  })
}

export function openProject(place: string): Result<Project> {
  const folder = resolve(place)
  const text = projectText(folder, projectFile)
  if (!text.ok) return text
  const read = readYaml(projectFile, text.value, vendorProject)
  if (!read.ok) return read
  const blocked = blockedIn(folder)
  if (!blocked.ok) return blocked
  return ok({
    ...read.value,
    ...{ folder, publisherFolder: resolve(folder, read.value.publisher) },
    ...{ catalog: join(folder, 'catalog'), bundle: join(folder, 'bundle'), blocked: blocked.value },
  })
}

function blockedIn(folder: string): Result<Project['blocked']> {
  if (!existsSync(join(folder, blockedFile))) return ok(undefined)
  const text = projectText(folder, blockedFile)
  if (!text.ok) return text
  const read = readYaml(blockedFile, text.value, blockedDocument)
  return read.ok ? ok(read.value.blocked) : read
}

export function projectText(folder: string, name: string): Result<string> {
  const text = readPlainText(join(folder, name), { follow: true, mostBytes: 1024 * 1024 })
  if ('read' in text) return ok(text.read)
  return text.problem === 'missing'
    ? unusableProject(join(folder, name), 'missing')
    : unusableProject(join(folder, name), 'unreadable', text.why)
}

/** What a project is called where nobody says it: by its folder. */
export function nameOfFolder(folder: string): string | undefined {
  const name = entryId.safeParse(basename(resolve(folder)).toLowerCase())
  return name.success ? name.data : undefined
}
