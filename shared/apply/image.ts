// Step kind: a container image is in the engine's store. Docker's classic store names it by its config
// digest, the containerd store by its manifest digest; either one means that it is there.
import { artifactPath, digestHex, type ImageIdentity } from '../domain/artifact.ts'
import { command } from '../domain/command.ts'
import { remoteImages } from '../domain/remote-layout.ts'
import { scriptHead } from '../domain/script-head.ts'
import type { Asked } from './asked.ts'
import { writeRecord } from './record.ts'
import type { StepKind } from './step-kind.ts'

/** The id by which the engine knows this image, or undefined when it does not have it. */
export function loadedImageId(image: ImageIdentity, facts: Pick<Asked, 'images'>): string | undefined {
  if (facts.images.state !== 'known') return undefined
  const wanted = [image.configDigest, image.manifestDigest]
  const found = facts.images.value.find((i) => wanted.includes(i.id) || i.repoDigests.includes(image.manifestDigest))
  return found?.id
}

export const imageStep: StepKind<'image'> = {
  kind: 'image',
  asks: ['engine'],
  by: 'unit',
  unitKey: ({ artifactSha256 }) => `load-${artifactSha256.slice(0, 16)}`,
  disk: { space: 'engine', isOneFile: false, bytes: ({ image }) => image.unpackedBytes },
  isTrue(spec, facts) {
    const there = loadedImageId(spec.image, facts) !== undefined
    return { holds: there, reason: there ? 'image-there' : 'image-missing' }
  },
  commands(spec) {
    const archive = artifactPath(spec.artifactSha256)
    return [
      // Before it is loaded: an image that Rackside brought is taken away with Rackside, any other stays.
      writeRecord(remoteImages, digestHex(spec.image.configDigest), spec.image),
      command('docker', 'load', '--quiet', '--input', archive),
      command('rm', '--force', archive),
    ]
  },
  // What the engine cannot read is sent again where it is not what was sent: on that disk it has changed. Nothing is back
  // by that, so it never counts as undone.
  undo: ({ artifactSha256 }, _, { failedAt }) =>
    failedAt === 1 ? [command('sh', '-c', dropDamaged, 'sh', artifactPath(artifactSha256), artifactSha256)] : [],
}

const dropDamaged = `${scriptHead({ block: 'drop-damaged' })}found=$(sha256sum <"$1") || exit 1
[ "\${found%% *}" = "$2" ] || rm -f "$1"
exit 1`
