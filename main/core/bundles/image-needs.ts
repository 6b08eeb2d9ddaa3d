// What the images of services have to have in them, by the entries that use them: what each is started and checked by,
// and the shell that the engine of a server checks it with. Whoever makes a bundle hears it here, not a hospital.

import { partsOf } from '../../../shared/domain/entry/part.ts'
import type { Entry } from '../../../shared/domain/entry.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { withImageArchive } from '../../catalog/build/image-archive.ts'
import { missingIn } from '../../catalog/build/image-programs.ts'
import type { Obtained } from './obtain.ts'

const shell = '/bin/sh'

type Image = { readonly artifact: string; readonly file: string }
type Lack = { readonly artifact: string; readonly program: string }

export async function lackedByImages(entries: readonly Entry[], images: readonly Image[]): Promise<Lack[]> {
  const needs = needsOf(entries)
  const lacks: Lack[] = []
  for (const { artifact, file } of images) {
    const programs = [...(needs.get(artifact) ?? [])]
    if (programs.length === 0) continue
    const missing = await withImageArchive(file, (archive) => missingIn(archive, programs)).catch(() => [])
    lacks.push(...missing.map((program) => ({ artifact, program })))
  }
  return lacks
}

/** The first one is said. */
export async function checkPrograms(entries: readonly Entry[], obtained: readonly Obtained[]): Promise<Result<void>> {
  const images = obtained.filter(({ artifact }) => artifact.kind === 'image')
  const named = images.map(({ artifact, file }) => ({ artifact: artifact.id, file }))
  const [first] = await lackedByImages(entries, named)
  if (first === undefined) return ok(undefined)
  const detail = evidence(first.program, 490)
  return fail({ kind: 'image-refused', artifact: first.artifact, problem: 'no-program', detail })
}

/** By the ids of images. What runs to its end is checked by nobody. */
function needsOf(entries: readonly Entry[]): Map<string, Set<string>> {
  const needs = new Map<string, Set<string>>()
  for (const entry of entries) {
    if (!('healthCommand' in entry)) continue
    const own = entry.variants.map((one) => ({ ...one, healthCommand: entry.healthCommand }))
    for (const one of [...own, ...partsOf(entry)]) {
      const words = [one.healthCommand[0], 'program' in one ? one.program : undefined]
      const programs = [shell, ...words.filter((word) => word?.startsWith('/') === true)] as string[]
      for (const image of Object.values(one.images)) {
        if (image !== undefined) needs.set(image.artifact, new Set([...(needs.get(image.artifact) ?? []), ...programs]))
      }
    }
  }
  return needs
}
