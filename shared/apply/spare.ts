// Step kinds that give back disk space: an image that Rackside loaded, a folder of weights that it made, or a file that it brought, which no kept version,
// no container of anybody and no note of what was made needs any more. Asked once more right before, from what the
// appliance itself keeps.
import { artifactPath, digestHex } from '../domain/artifact.ts'
import { command } from '../domain/command.ts'
import type { StepSpecOf } from '../domain/plan.ts'
import { remoteImages } from '../domain/remote-layout.ts'
import { modelFolderPath } from '../domain/weights-folder.ts'
import type { Asked } from './asked.ts'
import { loadedImageId } from './image.ts'
import { removeModelFolder } from './model-folder.ts'
import type { StepKind, Truth } from './step-kind.ts'

type KeptThere = NonNullable<Asked['kept']>

const gone: Truth = { holds: true, reason: 'gone-already' }
const needed: Truth = { holds: true, reason: 'still-needed' }
const usedByOthers: Truth = { holds: true, reason: 'used-by-others' }
const spare: Truth = { holds: false, reason: 'needed-no-more' }
const notRead: Truth = { holds: false, reason: 'not-read' }

function truthOfImage({ image }: StepSpecOf<'spare-image'>, facts: Asked): Truth {
  const { containers, kept } = facts
  if (kept === undefined || containers.state !== 'known' || facts.images.state !== 'known') return notRead
  const id = loadedImageId(image, facts)
  if (id === undefined) return gone
  const isIt = (digest: string) => [id, image.configDigest, image.manifestDigest].includes(digest)
  const inVersion = kept.versions.some(({ step }) => isIt(step.spec.image.configDigest))
  const held = [image.configDigest, image.manifestDigest].some((digest) => isHeld(digestHex(digest), kept))
  if (inVersion || held || containers.value.some(({ imageId }) => isIt(imageId))) return needed
  // Whoever gave it a name of his own means to keep it.
  return [...kept.strangers, ...kept.tags].some(({ imageId }) => isIt(imageId)) ? usedByOthers : spare
}

function truthOfFolder({ sha256 }: StepSpecOf<'spare-model-folder'>, { kept }: Asked): Truth {
  if (kept === undefined) return notRead
  if (!kept.folders.some((one) => one.there && one.sha256 === sha256)) return gone
  return isUsed(modelFolderPath(sha256), kept) || isHeld(sha256, kept) ? needed : spare
}

/** A file that a folder of weights links to stays as long as the folder does: its bytes would not become free. */
function truthOfArtifact({ sha256 }: StepSpecOf<'spare-artifact'>, { artifacts, kept }: Asked): Truth {
  if (kept === undefined || artifacts.state !== 'known') return notRead
  if (!artifacts.value.some((one) => one.sha256 === sha256)) return gone
  const inFolder = kept.folders.some(
    (one) =>
      (one.sha256 === sha256 || one.files.includes(sha256)) && (one.there || isUsed(modelFolderPath(one.sha256), kept)),
  )
  return inFolder || isUsed(artifactPath(sha256), kept) || isHeld(sha256, kept) ? needed : spare
}

/** By a version that a person can go back to. */
function isUsed(path: string, { versions }: KeptThere): boolean {
  return versions.some(({ step }) => step.spec.mounts.some(({ source }) => source === path))
}

function isHeld(sha256: string, { held }: KeptThere): boolean {
  return held.includes('everything') || held.includes(sha256)
}

export const spareImageStep: StepKind<'spare-image'> = {
  kind: 'spare-image',
  asks: ['engine', 'kept'],
  by: 'commands',
  isTrue: truthOfImage,
  freesBytes: ({ image }) => image.unpackedBytes,
  // Without force: the engine keeps what somebody began to use a moment ago. Its note goes with it: whoever brings this
  // image the next time owns it.
  commands({ image }, facts) {
    const note = `${remoteImages}/${digestHex(image.configDigest)}.json`
    const id = loadedImageId(image, facts)
    return id === undefined ? [] : [command('docker', 'image', 'rm', id), command('rm', '--force', note)]
  },
  undo: () => [],
}

/** The files themselves are artifacts, and go as such. */
export const spareModelFolderStep: StepKind<'spare-model-folder'> = {
  kind: 'spare-model-folder',
  asks: ['kept'],
  by: 'commands',
  isTrue: truthOfFolder,
  commands: ({ sha256 }) => [removeModelFolder(sha256)],
  undo: () => [],
}

export const spareArtifactStep: StepKind<'spare-artifact'> = {
  kind: 'spare-artifact',
  asks: ['artifacts', 'kept'],
  by: 'commands',
  isTrue: truthOfArtifact,
  freesBytes: ({ bytes }) => bytes,
  commands: ({ sha256 }) => [command('rm', '--force', artifactPath(sha256))],
  undo: () => [],
}
