// `rackside catalog lint`: every problem of a catalog that is being written, of each file and across them. Nothing is
// opened but the files, and no console is needed.
import { realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { CatalogFault, CatalogLint, CatalogProblem } from '../../shared/domain/catalog-fault.ts'
import { entry } from '../../shared/domain/entry.ts'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { vendorReaders } from '../../shared/facts/accelerators/all.ts'
import { type CatalogFile, type Misfit, misfitsAmong, misfitsOf } from '../../shared/plan/catalog-faults.ts'
import { type CatalogFiles, listCatalogFiles, readCatalogFile } from '../catalog/catalog-files.ts'
import { type Examined, examineYaml } from '../catalog/read-yaml.ts'

/**
 * `place`: a folder, or one file, which is looked at alone: what it names may be elsewhere. `more`: what else is wrong
 * with the files of a folder, taken together.
 */
export function lintCatalog(
  place: string,
  more: (files: readonly CatalogFile[]) => readonly Misfit[] = () => [],
): Result<CatalogLint> {
  const isFolder = statSync(place, { throwIfNoEntry: false })?.isDirectory() === true
  // Whoever typed it may have a link to the folder; links in it are another matter.
  const folder = isFolder ? realpathSync(place) : dirname(place)
  const listed = isFolder ? listCatalogFiles(folder) : oneFile(place)
  if ('problem' in listed) {
    const file = evidence(place, 300)
    return fail({ kind: 'catalog-invalid', file, line: 0, problem: listed.problem })
  }
  const files = listed.names.map((file) => ({ file, ...examine(folder, file) }))
  const across = isFolder ? [...misfitsAmong(files), ...more(files)] : []
  const alone = files.flatMap((one) => misfitsOf(one, vendors))
  const problems = [
    ...listed.odd.map(({ name, why }) => whole(name, { kind: 'not-a-plain-file', why })),
    ...listed.otherEnding.map((name) => whole(name, { kind: 'other-ending' })),
    ...files.flatMap((one) => one.problems),
    ...[...alone, ...across].map((misfit) => placed(misfit, files)),
  ]
  return ok({ files: files.length, problems: problems.sort(inOrder) })
}

const vendors = vendorReaders.map(({ vendor }) => vendor)

function oneFile(place: string): CatalogFiles | { readonly problem: string } {
  const there = readCatalogFile(place)
  return 'problem' in there ? { problem: there.why } : { names: [basename(place)], odd: [], otherEnding: [] }
}

type Looked = Pick<Examined<unknown>, 'problems' | 'data'> & Partial<Pick<Examined<unknown>, 'placeOf'>>

function examine(folder: string, file: string): Looked {
  const text = readCatalogFile(join(folder, file))
  if (!('problem' in text)) return examineYaml(file, text.read, entry)
  return { problems: [whole(file, { kind: 'not-a-plain-file', why: text.why })], data: undefined }
}

function whole(name: string, fault: CatalogFault): CatalogProblem {
  return { file: evidence(name, 300), line: 0, column: 0, path: '', fault }
}

function placed({ file, path, fault }: Misfit, files: readonly (Looked & { file: string })[]): CatalogProblem {
  const place = files.find((one) => one.file === file)?.placeOf?.(path) ?? { line: 0, column: 0 }
  return { file: evidence(file, 300), ...place, path: evidence(path.join('.'), 200), fault }
}

function inOrder(one: CatalogProblem, other: CatalogProblem): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1
  return one.line - other.line || one.column - other.column
}
