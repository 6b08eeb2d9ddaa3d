// The folder that a desktop package is made of: built files, what runs of the packages beside them, resources, the bill of
// materials and the terms. Nothing gets in because it lies around: everything is put here by name.
import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { licencesFile } from '../packages/licence-texts.ts'
import { productPackages } from '../packages/product-packages.ts'
import { billOfMaterials } from '../packages/sbom.ts'
import { filesThatRun, runtimePackages } from './runtime-packages.ts'
import type { SourceVersion } from './version-info.ts'

const resources = ['catalog', 'evaluation', 'icons'] as const
/** In package.json for a checkout only. */
const forBuilding = ['scripts', 'devDependencies', 'dependencies', 'bin', 'private']

const licencesName = 'THIRD-PARTY-LICENCES.txt'
export const billName = 'sbom.cdx.json'

/** Makes `folder` anew. */
export function makeAppFolder(root: string, folder: string, source: SourceVersion | undefined): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  execFileSync(process.execPath, [join(root, 'scripts', 'build.mjs'), folder], { cwd: root, stdio: 'inherit' })
  const madeOf: string[] = takeAway(join(folder, 'made-of.json'))
  const beside = runtimePackages(root)
  for (const path of beside) copyPackage(join(root, path), join(folder, path))
  for (const name of resources)
    cpSync(join(root, 'resources', name), join(folder, 'resources', name), { recursive: true })
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const packages = productPackages(root, { madeOf, beside })
  const { version, license: licence } = manifest
  writeFileSync(join(folder, licencesName), licencesFile(root, packages))
  writeFileSync(join(folder, billName), billOfMaterials({ version, licence, commit: source?.commit }, packages))
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify(shippedManifest(root, manifest, { beside, source }), null, 2),
  )
}

function takeAway(file: string): string[] {
  const read: string[] = JSON.parse(readFileSync(file, 'utf8'))
  rmSync(file)
  return read
}

function copyPackage(from: string, to: string): void {
  for (const file of filesThatRun(from)) {
    mkdirSync(dirname(join(to, file)), { recursive: true })
    copyFileSync(join(from, file), join(to, file))
  }
}

type Shipped = { readonly beside: readonly string[]; readonly source: SourceVersion | undefined }

function shippedManifest(root: string, manifest: Record<string, unknown>, { beside, source }: Shipped) {
  const kept = Object.fromEntries(Object.entries(manifest).filter(([key]) => !forBuilding.includes(key)))
  const outermost = beside.filter((path) => path.lastIndexOf('node_modules/') === 0)
  const versionOf = (path: string) => JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')).version
  const dependencies = Object.fromEntries(
    outermost.map((path) => [path.slice('node_modules/'.length), versionOf(path)]),
  )
  return { ...kept, dependencies, ...(source === undefined ? {} : { source }) }
}
