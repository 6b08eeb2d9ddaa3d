// Images of a bundle, looked into before the bundle is one of this console's: what Docker would load is the one image
// that the digest list says, as large as it says; it takes no name from an image that the site has, and it does not pass
// itself off as something that Rackside made.
import type { Artifact, ImageIdentity } from '../../../shared/domain/artifact.ts'
import { evidence, type FailureOf, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { claimsToBeOurs, describeImageArchive, unpacksToMore, withImageArchive } from '../build/image-archive.ts'
import { namesIn } from '../build/plain-archive.ts'
import { poolFile } from './store.ts'

type Image = Extract<Artifact, { kind: 'image' }>

/** What is wrong first. Every byte of them is read. */
export async function checkImages(
  store: string,
  artifacts: readonly Artifact[],
  signal: AbortSignal,
): Promise<Result<void>> {
  for (const artifact of artifacts) {
    if (signal.aborted) break
    if (artifact.kind !== 'image') continue
    const checked = await checkImage(poolFile(store, artifact), artifact, signal)
    if (!checked.ok) return checked
  }
  return ok(undefined)
}

async function checkImage(file: string, { id, image }: Image, signal: AbortSignal): Promise<Result<void>> {
  const refused = (problem: FailureOf<'image-refused'>['problem'], detail: string) =>
    fail({ kind: 'image-refused', artifact: id, problem, detail: evidence(detail, 490) })
  try {
    return await withImageArchive(file, async (archive) => {
      const name = await namesIn(archive)
      if (name !== undefined) return refused('named', name)
      if (await claimsToBeOurs(archive)) return refused('claims-rackside', '')
      const found = await describeImageArchive(archive, { mostUnpackedBytes: image.unpackedBytes, signal })
      const other = differenceOf(image, found)
      return other === undefined ? ok(undefined) : refused('other-image', other)
    })
  } catch (error) {
    if (signal.aborted) return ok(undefined)
    const { message } = error as Error
    return refused(message === unpacksToMore ? 'other-image' : 'unreadable', message)
  }
}

function differenceOf(listed: ImageIdentity, found: ImageIdentity): string | undefined {
  const texts = ({ configDigest, manifestDigest, platform, unpackedBytes }: ImageIdentity) => [
    ...[configDigest, manifestDigest, `${platform.os}/${platform.architecture}`, `${unpackedBytes} bytes unpacked`],
  ]
  const [was, is] = [texts(listed), texts(found)]
  const at = was.findIndex((text, index) => text !== is[index])
  return at === -1 ? undefined : `${is[at]} instead of ${was[at]}`
}
