// Step kind: a container image is in the engine's store. Docker's classic store names it by its config
// digest, the containerd store by its manifest digest; either one means that it is there.
import { artifactPath, digestHex, type ImageIdentity } from '../domain/artifact.ts'
import { command } from '../domain/command.ts'
import { labelPrefix, remoteImages } from '../domain/remote-layout.ts'
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
      command('sh', '-c', plainImage, 'sh', spec.image.configDigest, spec.image.manifestDigest, noteOf(spec.image)),
      command('rm', '--force', archive),
    ]
  },
  // What the engine cannot read is sent again where it is not what was sent: on that disk it has changed. Nothing is back
  // by that, so it never counts as undone.
  undo: ({ artifactSha256 }, _, { failedAt }) =>
    failedAt === 1 ? [command('sh', '-c', dropDamaged, 'sh', artifactPath(artifactSha256), artifactSha256)] : [],
}

function noteOf({ configDigest }: ImageIdentity): string {
  return `${remoteImages}/${digestHex(configDigest)}.json`
}

// Labels of an image become those of its containers, and by ours a plan knows what runs. What is refused goes again, with
// its note. $1, $2: the ids that it may have, $3: the note.
const plainImage = `${scriptHead({ block: 'plain-image' })}for id in "$1" "$2"; do
  names=$(docker image inspect --format '{{with .Config}}{{range $name, $_ := .Labels}}{{println $name}}{{end}}{{end}}' "$id" 2>/dev/null) || continue
  ours=$(printf '%s\\n' "$names" | grep -m 1 '^${labelPrefix.replace('.', '\\.')}') || exit 0
  docker image rm "$id" >/dev/null
  rm -f -- "$3"
  printf 'the image has the label %s, as only Rackside gives them to containers: whoever built it has to leave it out\\n' "$ours" >&2
  exit 1
done
echo 'the image that was loaded cannot be found' >&2
exit 1`

const dropDamaged = `${scriptHead({ block: 'drop-damaged' })}found=$(sha256sum <"$1") || exit 1
[ "\${found%% *}" = "$2" ] || rm -f "$1"
exit 1`
