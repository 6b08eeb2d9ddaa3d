// `npm run packages`: the packages that package.json names, with version, licence and size, and what `npm ci` brings in all.
import { join } from 'node:path'
import { bytesIn, type InstalledPackage, installedPackages } from './installed.ts'

const root = join(import.meta.dirname, '..', '..')
const packages = installedPackages(root).map((one) => ({ ...one, bytes: bytesIn(join(root, one.path)) }))
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)

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

function countedLicences(all: readonly InstalledPackage[]): string {
  const counts = new Map<string, number>()
  for (const { licence } of all) counts.set(licence, (counts.get(licence) ?? 0) + 1)
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([licence, count]) => `${count} ${licence}`)
    .join(', ')
}
