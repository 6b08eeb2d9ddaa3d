// `rackside vendor lint`: everything that is wrong with a project, of its entries and of what stands beside them, each
// with its place.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { CatalogFault, CatalogLint, CatalogProblem } from '../../../shared/domain/catalog-fault.ts'
import { textsAt } from '../../../shared/domain/catalog-links.ts'
import { evidence, ok, type Result } from '../../../shared/domain/failure.ts'
import { nearest } from '../../../shared/domain/nearest.ts'
import type { CatalogFile, Misfit } from '../../../shared/plan/catalog-faults.ts'
import { openCatalog } from '../../catalog/read-entries.ts'
import { examineYaml } from '../../catalog/read-yaml.ts'
import { plainSize } from '../../files/plain-file.ts'
import { lackedByImages } from '../bundles/image-needs.ts'
import { lintCatalog } from '../lint-catalog.ts'
import { blockedDocument, blockedFile, openProject, projectFile, projectText, vendorProject } from './project.ts'
import { readHome } from './publisher-home.ts'

/** Where entries name artifacts. */
const artifactFields = [
  'variants.*.images.amd64.artifact',
  'variants.*.images.arm64.artifact',
  'parts.*.images.amd64.artifact',
  'parts.*.images.arm64.artifact',
  'variants.*.weights',
  'packages.*.artifact',
]

export function lintProject(place: string): Result<CatalogLint> {
  const folder = resolve(place)
  const text = projectText(folder, projectFile)
  if (!text.ok) return text
  const about = examineYaml(projectFile, text.value, vendorProject)
  const sources = about.value?.artifacts
  const named = new Set<string>()
  const linted = lintEntries(folder, (files) => {
    const uses = files.flatMap(usesIn)
    for (const { id } of uses) named.add(id)
    const lost = sources === undefined ? [] : uses.filter(({ id }) => !Object.hasOwn(sources, id))
    return [...lost.map((one) => withoutSource(one, Object.keys(sources ?? {}))), ...withoutSolution(files)]
  })
  if (!linted.ok) return linted
  const at = (path: readonly string[], fault: CatalogFault): CatalogProblem => {
    return { file: projectFile, ...about.placeOf(path), path: evidence(path.join('.'), 200), fault }
  }
  const own = Object.entries(sources ?? {}).flatMap(([id, source]): CatalogProblem[] => {
    const path = ['artifacts', id]
    if (!named.has(id)) return [at(path, { kind: 'source-unused', artifact: id })]
    if (source.from !== 'file' || existsSync(resolve(folder, source.path))) return []
    return [at([...path, 'path'], { kind: 'source-missing', path: evidence(source.path, 300) })]
  })
  const keys = about.value === undefined ? [] : keysMissing(folder, about.value.publisher, at)
  const problems = [...about.problems, ...keys, ...own, ...blockedProblems(folder)]
  const inCatalog = linted.value.problems.map((one) => ({ ...one, file: `catalog/${one.file}` }))
  return ok({ files: linted.value.files + 1, problems: [...problems, ...inCatalog] })
}

/** More than this is read when it is packed: whoever writes entries looks often. */
const mostImageBytes = 512 * 1024 * 1024

/** Of a project in which nothing else is wrong: what the images that lie there lack. */
export async function lintImages(place: string): Promise<readonly CatalogProblem[]> {
  const project = openProject(place)
  if (!project.ok || !existsSync(project.value.catalog)) return []
  const { folder, artifacts, catalog } = project.value
  const entries = openCatalog(catalog)
  if (!entries.ok) return []
  const images = Object.entries(artifacts).flatMap(([artifact, source]) => {
    if (source.from !== 'file') return []
    const file = resolve(folder, source.path)
    const size = plainSize(file)
    return 'read' in size && size.read <= mostImageBytes ? [{ artifact, file }] : []
  })
  const text = projectText(folder, projectFile)
  const about = text.ok ? examineYaml(projectFile, text.value, vendorProject) : undefined
  return (await lackedByImages(entries.value, images)).map(({ artifact, program }) => {
    const path = ['artifacts', artifact]
    const at = about?.placeOf(path) ?? { line: 0, column: 0 }
    const fault: CatalogFault = { kind: 'image-lacks', artifact, program: evidence(program, 300) }
    return { file: projectFile, ...at, path: path.join('.'), fault }
  })
}

/** A project that only takes versions back has no entries. */
function lintEntries(folder: string, more: Parameters<typeof lintCatalog>[1]): Result<CatalogLint> {
  const onlyTakesBack = !existsSync(join(folder, 'catalog')) && existsSync(join(folder, blockedFile))
  return onlyTakesBack ? ok({ files: 0, problems: [] }) : lintCatalog(join(folder, 'catalog'), more)
}

type Use = { readonly file: string; readonly path: Misfit['path']; readonly id: string }

function usesIn({ file, data }: CatalogFile): Use[] {
  return artifactFields.flatMap((field) => textsAt(data, field)).map(({ path, text }) => ({ file, path, id: text }))
}

function withoutSource({ file, path, id }: Use, known: readonly string[]): Misfit {
  const meant = nearest(id, known)
  const fault = { kind: 'no-source', artifact: evidence(id, 100), ...(meant !== undefined && { meant }) } as const
  return { file, path, fault }
}

/** Nobody could install anything of it. */
function withoutSolution(files: readonly CatalogFile[]): Misfit[] {
  const kinds = files.flatMap(({ data }) => textsAt(data, 'kind')).map(({ text }) => text)
  const [first] = files
  if (first === undefined || kinds.includes('solution') || files.some(({ data }) => data === undefined)) return []
  return [{ file: first.file, path: [], fault: { kind: 'no-solution' } }]
}

function keysMissing(
  folder: string,
  place: string,
  at: (path: readonly string[], fault: CatalogFault) => CatalogProblem,
): CatalogProblem[] {
  const home = readHome(resolve(folder, place))
  return home.ok ? [] : [at(['publisher'], { kind: 'no-keys', folder: evidence(place, 300) })]
}

function blockedProblems(folder: string): readonly CatalogProblem[] {
  if (!existsSync(join(folder, blockedFile))) return []
  const text = projectText(folder, blockedFile)
  if (text.ok) return examineYaml(blockedFile, text.value, blockedDocument).problems
  const fault: CatalogFault = { kind: 'not-a-plain-file', why: text.failure.kind }
  return [{ file: blockedFile, line: 0, column: 0, path: '', fault }]
}
