// A signed update: one document beside the packages of a release that says what each of them is. It is carried by hand to
// where no network is, so everything that could be another file than it says is asked (P27): pure here, files in main/.
import * as z from 'zod'
import { metadataDate } from './publisher.ts'
import { sha256Hex } from './sha256.ts'
import type { UpdateReason } from './update-reason.ts'

export const updateFormat = 1

const plainVersion = z.string().regex(/^(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){2}$/)

/** `name`: of a file in the same folder, so nothing in it can lead anywhere else. */
export const updatePackage = z.strictObject({
  platform: z.enum(['linux', 'win32', 'darwin']),
  arch: z.enum(['x64', 'arm64']),
  kind: z.enum(['deb', 'rpm', 'AppImage', 'nsis', 'dmg']),
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/),
  bytes: z.int().positive(),
  sha256: sha256Hex,
})
export type UpdatePackage = z.infer<typeof updatePackage>

export const release = z.strictObject({
  type: z.literal('rackside-update'),
  format: z.literal(updateFormat),
  version: plainVersion,
  publishedAt: metadataDate,
  /** From then on nobody vouches for it: an old one cannot be passed off as the newest for ever. */
  expires: metadataDate,
  packages: z.array(updatePackage).min(1).max(40),
})
export type Release = z.infer<typeof release>

/** What may be read before the signature is checked: of what kind it says that it is. */
export const updateHead = z.looseObject({ type: z.literal('rackside-update'), format: z.int().positive() })

export const updateDocument = z.strictObject({
  signed: z.unknown(),
  signature: z.string().regex(/^[0-9a-f]{128}$/),
})

/** Where it is to be installed. */
export type UpdateTarget = {
  readonly version: string
  readonly platform: string
  readonly arch: string
  /** ISO. */
  readonly now: string
}

/** `reason`: why nothing of it may be installed here. Else its packages for this system. */
export type UpdateAnswer =
  | { readonly reason: UpdateReason; readonly detail: string }
  | { readonly reason?: undefined; readonly packages: readonly UpdatePackage[] }

export function packagesFor(of: Release, { version, platform, arch, now }: UpdateTarget): UpdateAnswer {
  if (Date.parse(of.expires) <= Date.parse(now)) return { reason: 'expired', detail: of.expires }
  if (!isNewer(of.version, version)) return { reason: 'not-newer', detail: `${of.version}, ${version}` }
  const packages = of.packages.filter((one) => one.platform === platform && one.arch === arch)
  return packages.length === 0 ? { reason: 'other-platform', detail: `${platform} ${arch}` } : { packages }
}

/** False for a version that cannot be read: nothing is newer than what nobody knows. */
export function isNewer(offered: string, installed: string): boolean {
  if (!plainVersion.safeParse(offered).success || !plainVersion.safeParse(installed).success) return false
  const [left, right] = [offered, installed].map((version) => version.split('.').map(Number))
  const at = [0, 1, 2].find((place) => left?.[place] !== right?.[place])
  return at !== undefined && (left?.[at] ?? 0) > (right?.[at] ?? 0)
}

/** What a person runs to install it, as words. One that is a program itself is started. */
export function installWords(kind: UpdatePackage['kind'], path: string): readonly string[] {
  switch (kind) {
    case 'deb':
      return ['sudo', 'apt', 'install', path]
    case 'rpm':
      return ['sudo', 'dnf', 'install', path]
    case 'dmg':
      return ['open', path]
    case 'AppImage':
    case 'nsis':
      return [path]
  }
}
