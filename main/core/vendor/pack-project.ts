// `rackside vendor pack`: the entries of a project and the bytes of every artifact that they name, as the folder of a
// bundle that nobody has signed yet.
import { existsSync, rmSync } from 'node:fs'
import type { BundleHeader } from '../../../shared/domain/artifact.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { writeFolder } from '../../catalog/container/write-folder.ts'
import { openCatalog } from '../../catalog/read-entries.ts'
import { checkPrograms } from '../bundles/image-needs.ts'
import { madeDocuments } from '../bundles/made-documents.ts'
import { artifactKinds, obtainAll } from '../bundles/obtain-all.ts'
import type { CoreTools } from '../core-tools.ts'
import type { Project } from './project.ts'
import { readHome } from './publisher-home.ts'

export type Packed = { readonly folder: string; readonly artifacts: number; readonly bytes: number }

type Asked = { readonly cache: string; readonly onStep?: (artifact: string) => void }

/** What was packed before is replaced. */
export async function packProject(
  project: Project,
  tools: Pick<CoreTools, 'now'>,
  asked: Asked,
): Promise<Result<Packed>> {
  const home = readHome(project.publisherFolder)
  if (!home.ok) return home
  const entries = existsSync(project.catalog) ? openCatalog(project.catalog) : ok([])
  if (!entries.ok) return entries
  const kinds = artifactKinds(entries.value)
  const unnamed = [...kinds.keys()].filter((id) => !Object.hasOwn(project.artifacts, id))
  if (unnamed.length > 0) return fail({ kind: 'build-incomplete', solution: project.line, artifacts: unnamed })
  const wanted = { artifacts: project.artifacts, ids: [...kinds.keys()], kinds, folder: project.folder }
  const obtained = await obtainAll(wanted, asked)
  if (!obtained.ok) return obtained
  const able = await checkPrograms(entries.value, obtained.value)
  if (!able.ok) return able
  const header: BundleHeader = {
    ...{ format: 1, name: project.line, publisher: home.value.publisher, createdAt: tools.now() },
  }
  const artifacts = obtained.value.map(({ artifact }) => artifact)
  const documents = madeDocuments({ header, artifacts, catalog: project.catalog, blocked: project.blocked })
  rmSync(project.bundle, { recursive: true, force: true })
  const written = await writeFolder(project.bundle, { documents, carried: obtained.value })
  if (!written.ok) return written
  const bytes = artifacts.reduce((sum, one) => sum + one.bytes, 0)
  return ok({ folder: project.bundle, artifacts: artifacts.length, bytes })
}
