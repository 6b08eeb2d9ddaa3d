// `npm run packages`: the packages that package.json names, with version, licence and size, and what `npm ci` brings in all.
// `--sbom`: what a desktop package is made of, as CycloneDX; it is built for that.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { billName, makeAppFolder } from '../package/app-folder.ts'
import { sourceVersion } from '../package/version-info.ts'
import { bytesIn, type InstalledPackage, installedPackages } from './installed.ts'

const root = join(import.meta.dirname, '..', '..')
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)

if (process.argv.includes('--sbom')) process.stdout.write(bill())
else list()

function bill(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-sbom-'))
  try {
    makeAppFolder(root, folder, sourceVersion(root))
    return readFileSync(join(folder, billName), 'utf8')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function list(): void {
  const packages = installedPackages(root).map((one) => ({ ...one, bytes: bytesIn(join(root, one.path)) }))
  for (const [named, title] of [
    ['product', 'In the product as packages'],
    ['building', 'To build and test it, what the page is made of included'],
  ] as const) {
    console.log(`${title}\n`)
    for (const one of packages.filter((each) => each.named === named)) {
      console.log(
        `  ${one.name.padEnd(28)} ${one.version.padEnd(10)} ${megabytes(one.bytes).padStart(6)} MB  ${one.licence}`,
      )
    }
    console.log('')
  }
  const total = packages.reduce((sum, { bytes }) => sum + bytes, 0)
  console.log(`npm ci brings ${packages.length} packages, ${megabytes(total)} MB: ${countedLicences(packages)}`)
}

function countedLicences(all: readonly InstalledPackage[]): string {
  const counts = new Map<string, number>()
  for (const { licence } of all) counts.set(licence, (counts.get(licence) ?? 0) + 1)
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([licence, count]) => `${count} ${licence}`)
    .join(', ')
}
