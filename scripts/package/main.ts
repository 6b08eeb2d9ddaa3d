// `npm run package -- dir|deb|... [--electron FOLDER] [--out FOLDER] [--quick]`: the desktop as people install it. `dir` is the
// unpacked program; --quick packs a .deb less tightly. Nothing is fetched where an Electron folder is named.
// `npm run package -- sign --key PEM [--days N] PACKAGE...`: the signed document of a release, beside its packages.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { knowsReleases } from '../../main/core/update/read-release.ts'
import { writeUpdate } from '../../main/core/update/write-update.ts'
import { makePackage } from './make-package.ts'

const root = join(import.meta.dirname, '..', '..')
const kinds = ['dir', 'deb', 'AppImage', 'rpm', 'nsis', 'dmg'] as const
const text = { type: 'string' } as const

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { electron: text, out: text, quick: { type: 'boolean', default: false }, key: text, days: text },
})
const [verb, ...files] = positionals
const kind = kinds.find((one) => one === verb)
if (verb === 'sign' && values.key !== undefined && files.length > 0) sign(values.key, files)
else if (kind !== undefined && files.length === 0) {
  const electron = values.electron ?? process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const made = await makePackage({ root, kind, electron, out: values.out, quick: values.quick })
  if (!knowsReleases()) console.error('no key in main/trust/release-keys.ts: what was packed will take no update')
  for (const path of made) console.log(path)
} else {
  console.error(`usage: npm run package -- ${kinds.join('|')} [--electron FOLDER] [--out FOLDER] [--quick]
       npm run package -- sign --key PEM [--days N] PACKAGE...`)
  process.exitCode = 2
}

/** The time of publishing is the one thing that two signings of a release differ in. */
function sign(keyFile: string, packages: readonly string[]): void {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const now = Date.now()
  const toSecond = (milliseconds: number) => new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z')
  const expires = toSecond(now + Number(values.days ?? 365) * 24 * 3600_000)
  const key = readFileSync(keyFile, 'utf8')
  const { file, publicKey } = writeUpdate({ version, packages, key, publishedAt: toSecond(now), expires })
  console.log(file)
  console.log(`signed by ${publicKey}`)
}
