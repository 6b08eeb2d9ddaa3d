// Makes the signed document of a release: for whoever has its key, beside the packages that it names.
import { createHash, createPrivateKey } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { release, type UpdatePackage, updateFormat } from '../../../shared/domain/update-file.ts'
import { publicKeyHex, signRelease } from '../../trust/release-signature.ts'

export type ReleaseWish = {
  readonly version: string
  /** Of one folder, as electron-builder named them. */
  readonly packages: readonly string[]
  /** PKCS #8 in PEM. */
  readonly key: string
  /** ISO, to the second. */
  readonly publishedAt: string
  readonly expires: string
}

export type WrittenUpdate = { readonly file: string; readonly publicKey: string }

/** Throws for what no console would take. */
export function writeUpdate({ version, packages, key, publishedAt, expires }: ReleaseWish): WrittenUpdate {
  const [first = ''] = packages
  const privateKey = createPrivateKey(key)
  const head = { type: 'rackside-update', format: updateFormat, version, publishedAt, expires }
  const signed = release.parse({ ...head, packages: packages.map(describe) })
  const document = { signed, signature: signRelease(signed, privateKey) }
  const file = join(dirname(first), `rackside-${version}.update.json`)
  writeFileSync(file, `${JSON.stringify(document, undefined, 2)}\n`)
  return { file, publicKey: publicKeyHex(privateKey) }
}

const kinds: Readonly<Record<string, Pick<UpdatePackage, 'kind' | 'platform'>>> = {
  deb: { kind: 'deb', platform: 'linux' },
  rpm: { kind: 'rpm', platform: 'linux' },
  AppImage: { kind: 'AppImage', platform: 'linux' },
  exe: { kind: 'nsis', platform: 'win32' },
  dmg: { kind: 'dmg', platform: 'darwin' },
}

function describe(path: string) {
  const name = basename(path)
  const kind = kinds[name.slice(name.lastIndexOf('.') + 1)]
  if (kind === undefined) throw new Error(`${name}: no package of a kind that is known`)
  const bytes = readFileSync(path)
  const arch = /[-_.](?:arm64|aarch64)\./.test(name) ? 'arm64' : 'x64'
  return { ...kind, arch, name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}
