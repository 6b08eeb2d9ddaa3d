// The artifacts of a bundle that the place where another one goes has already: by its documents alone.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Artifact } from '../../../shared/domain/artifact.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { readBundle } from '../../catalog/bundle.ts'
import { openContainer } from '../../catalog/container/open-container.ts'

export async function artifactsOf(place: string | undefined): Promise<Result<readonly Artifact[]>> {
  if (place === undefined) return ok([])
  if (existsSync(join(place, 'digests.json'))) {
    const bundle = readBundle(place)
    return bundle.ok ? ok(bundle.value.artifacts) : bundle
  }
  const opened = await openContainer([place])
  return opened.ok ? ok(opened.value.artifacts) : opened
}
