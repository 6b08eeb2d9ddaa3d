// The version of what runs, as its package says.
import { readFileSync } from 'node:fs'

/** `packageFile`: the package.json beside the built files. Throws where there is none: a build without it is broken. */
export function versionIn(packageFile: URL | string): string {
  const manifest: { version?: unknown } = JSON.parse(readFileSync(packageFile, 'utf8'))
  return String(manifest.version)
}
