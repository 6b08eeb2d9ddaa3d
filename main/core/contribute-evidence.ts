// `rackside catalog evidence`: what a certificate measured becomes evidence of the catalog entries of its models. For whoever
// writes the catalog: files alone are read, the signature first, and no console is opened for it. Who signs the catalog
// afterwards vouches for it.
import { createHash } from 'node:crypto'
import { chmodSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { AcceptanceFault } from '../../shared/domain/acceptance.ts'
import type { MeasuredEvidence, NotContributed } from '../../shared/domain/entry/measured.ts'
import { modelEntry } from '../../shared/domain/entry/model-entry.ts'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { type Contribution, contributionsOf } from '../../shared/verify/acceptance/evidence.ts'
import { addMeasured } from '../catalog/add-measured.ts'
import { listCatalogFiles, readCatalogFile } from '../catalog/catalog-files.ts'
import { readYaml } from '../catalog/read-yaml.ts'
import { writeFileDurably } from '../store/folder.ts'
import { readSigned, type SignedTexts } from './acceptance/check.ts'

export type Contributed =
  | { readonly valid: false; readonly fault: AcceptanceFault; readonly detail: string }
  | {
      readonly valid: true
      readonly fingerprint: string
      /** By deployment: in which file it stands now, and whether it stood there before. */
      readonly written: readonly {
        readonly deployment: string
        readonly file: string
        readonly form: string
        readonly measured: MeasuredEvidence
        readonly wasThere: boolean
      }[]
      readonly left: readonly { readonly deployment: string; readonly why: NotContributed }[]
    }

type Wanted = SignedTexts & {
  /** Of the entries. */
  readonly folder: string
  /** Of the key that it has to be signed with; of any other one nothing is written. */
  readonly fingerprint?: string | undefined
}

/** Fails where the folder is no catalog, or a file of it cannot be read or written. */
export function contributeEvidence({ folder, fingerprint, ...texts }: Wanted): Result<Contributed> {
  const read = readSigned(texts)
  if ('fault' in read) return ok({ valid: false, ...read })
  const base = { valid: true, fingerprint: read.fingerprint, written: [], left: [] } as const
  if (fingerprint !== undefined && fingerprint !== read.fingerprint) return ok(base)
  const certificate = createHash('sha256').update(texts.document).digest('hex')
  const { found, left } = contributionsOf(read.document, { certificate, signedBy: read.fingerprint })
  const files = modelFiles(folder)
  if (!files.ok) return files
  const written: Extract<Contributed, { valid: true }>['written'][number][] = []
  const notWritten: { deployment: string; why: NotContributed }[] = [...left]
  for (const one of found) {
    const added = contribute(folder, files.value, one)
    if (!added.ok) return added
    const { deployment, measured, model } = one
    if ('why' in added.value) notWritten.push({ deployment, why: added.value.why })
    else written.push({ deployment, measured, form: model.form, ...added.value })
  }
  return ok({ ...base, written, left: notWritten })
}

type ModelFile = { readonly file: string; readonly id: string; readonly version: string }

function modelFiles(folder: string): Result<ModelFile[]> {
  const listed = listCatalogFiles(folder)
  if ('problem' in listed) return invalid(folder, listed.problem)
  const found: ModelFile[] = []
  for (const file of listed.names) {
    const text = readCatalogFile(join(folder, file))
    if ('problem' in text) return invalid(file, text.why)
    // Of other kinds, and what is wrong with others, says "catalog lint".
    const model = readYaml(file, text.read, modelEntry)
    if (model.ok) found.push({ file, id: model.value.id, version: model.value.version })
  }
  return ok(found)
}

type Done = { readonly file: string; readonly wasThere: boolean } | { readonly why: NotContributed }

function contribute(folder: string, files: readonly ModelFile[], { model, measured }: Contribution): Result<Done> {
  const found = files.find(({ id, version }) => id === model.entry && version === model.version)
  if (found === undefined) return ok({ why: 'no-entry' })
  const { file } = found
  const path = join(folder, file)
  const text = readCatalogFile(path)
  if ('problem' in text) return invalid(file, text.why)
  const added = addMeasured(file, text.read, { form: model.form, measured })
  if (!added.ok) return added
  if (added.value.is === 'not-added') return ok({ why: added.value.why })
  if (added.value.is === 'there') return ok({ file, wasThere: true })
  try {
    const { mode } = statSync(path)
    writeFileDurably(path, added.value.text)
    // It is no secret: others read it as they did before.
    chmodSync(path, mode & 0o777)
  } catch (error) {
    return invalid(file, (error as Error).message)
  }
  return ok({ file, wasThere: false })
}

function invalid(file: string, problem: string): Result<never> {
  return fail({ kind: 'catalog-invalid', file: evidence(file, 300), line: 0, problem: evidence(problem, 300) })
}
