// The artifacts of a bundle that is made, each from where somebody said it is.
import type { Entry } from '../../../shared/domain/entry.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { type Sources, sourceText } from '../../catalog/build/sources.ts'
import { type ArtifactKind, type Obtained, obtain } from './obtain.ts'

type Wanted = Pick<Sources, 'artifacts'> & {
  readonly ids: readonly string[]
  readonly kinds: ReadonlyMap<string, ArtifactKind>
  /** What paths of sources are relative to. */
  readonly folder: string
}

/** Those without a source are left out. */
export async function obtainAll(
  { artifacts, ids, kinds, folder }: Wanted,
  { cache, onStep }: { readonly cache: string; readonly onStep?: ((artifact: string) => void) | undefined },
): Promise<Result<Obtained[]>> {
  const all = new Map<string, Obtained>()
  for (const id of new Set(ids)) {
    const source = Object.hasOwn(artifacts, id) ? artifacts[id] : undefined
    if (source === undefined) continue
    onStep?.(id)
    try {
      const got = await obtain({ id, kind: kinds.get(id) ?? 'file', source, folder, cache })
      if (!got.ok) return got
      for (const one of got.value) all.set(one.artifact.sha256, one)
    } catch (error) {
      const detail = evidence((error as Error).message, 490)
      return fail({ kind: 'source-failed', artifact: id, source: evidence(sourceText(source), 490), detail })
    }
  }
  return ok([...all.values()])
}

/** Of every artifact that entries name: what they say that it is. */
export function artifactKinds(entries: readonly Entry[]): Map<string, ArtifactKind> {
  const kinds = new Map<string, ArtifactKind>()
  for (const entry of entries) {
    if (entry.kind === 'model') for (const { weights } of entry.variants) kinds.set(weights, 'weights')
    else if (entry.kind === 'host-package') for (const one of entry.packages) kinds.set(one.artifact, 'file')
    else if (entry.kind !== 'solution') for (const id of imagesOf(entry)) kinds.set(id, 'image')
  }
  return kinds
}

function imagesOf(entry: Extract<Entry, { variants: unknown }>): string[] {
  const pictured = [...entry.variants, ...('parts' in entry && entry.parts !== undefined ? entry.parts : [])]
  return pictured.flatMap((one) =>
    'images' in one ? Object.values(one.images).flatMap((image) => image?.artifact ?? []) : [],
  )
}
