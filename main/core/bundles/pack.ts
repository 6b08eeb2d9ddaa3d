// `rackside bundle pack`: a bundle's folder, signed or not, as one file or as parts for a medium.
import { basename, dirname, join } from 'node:path'
import { artifactFileName } from '../../../shared/domain/artifact.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { openBundle } from '../../catalog/bundle.ts'
import { documentsOf } from '../../catalog/container/documents.ts'
import { poolKey } from '../../catalog/container/store.ts'
import { writeContainer } from '../../catalog/container/write-container.ts'
import type { Built } from './build.ts'
import { artifactsOf } from './other-bundle.ts'

export type PackWish = {
  readonly folder: string
  readonly out: string
  /** A bundle that the place where it goes has already. */
  readonly against?: string | undefined
  readonly mostPartBytes: number
}

export async function packBundle({ folder, out, against, mostPartBytes }: PackWish): Promise<Result<Built>> {
  const bundle = openBundle(folder)
  if (!bundle.ok) return bundle
  const before = await artifactsOf(against)
  if (!before.ok) return before
  const there = new Set(before.value.map(poolKey))
  const distinct = [...new Map(bundle.value.artifacts.map((one) => [one.sha256, one])).values()]
  const carried = distinct.filter((one) => !there.has(poolKey(one)))
  const name = basename(out).replace(/\.rsb$/, '')
  const written = await writeContainer({
    ...{ name, documents: documentsOf(folder), folder: dirname(out), mostPartBytes },
    carried: carried.map((artifact) => ({
      artifact,
      file: join(folder, 'artifacts', artifactFileName(artifact.sha256)),
    })),
  })
  if (!written.ok) return written
  const leftOut = distinct.filter((one) => !carried.includes(one)).map(({ id }) => id)
  return ok({ name, files: written.value, carriedBytes: carried.reduce((sum, { bytes }) => sum + bytes, 0), leftOut })
}
