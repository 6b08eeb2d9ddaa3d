// Step kind: an artifact's bytes lie complete and checked under /var/lib/rackside/artifacts. The archive
// of an image that the engine already has is not needed any more: loading removes it.
import type { StepSpecOf } from '../domain/plan.ts'
import { loadedImageId } from './image.ts'
import type { Sources, StepKind } from './step-kind.ts'

/** What an earlier run has sent lies there already and takes no more room. */
function missingBytes({ artifact }: StepSpecOf<'artifact'>, { staged }: Sources): number {
  const found = staged.state === 'known' ? staged.value.find((one) => one.sha256 === artifact.sha256) : undefined
  return Math.max(0, artifact.bytes - (found?.bytes ?? 0))
}

export const artifactStep: StepKind<'artifact'> = {
  kind: 'artifact',
  asks: ['artifacts', 'engine'],
  // A file is nothing to the engine, and may be what the engine is made of.
  asksOf: ({ artifact }) => (artifact.kind === 'file' ? ['artifacts'] : ['artifacts', 'engine']),
  by: 'transfer',
  disk: { space: 'rackside', isOneFile: true, bytes: missingBytes },
  isTrue(spec, facts) {
    const { artifact } = spec
    if (artifact.kind === 'image' && loadedImageId(artifact.image, facts) !== undefined) {
      return { holds: true, reason: 'image-there' }
    }
    const { sha256, bytes } = artifact
    const files = facts.artifacts.state === 'known' ? facts.artifacts.value : []
    const found = files.find((one) => one.sha256 === sha256 && one.bytes === bytes)
    if (found?.unchecked === true) return { holds: false, reason: 'artifact-unchecked' }
    return { holds: found !== undefined, reason: found === undefined ? 'artifact-missing' : 'artifact-there' }
  },
  sends: ({ artifact }) => artifact,
}
