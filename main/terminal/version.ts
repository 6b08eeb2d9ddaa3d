// The version of what runs, as its package says.
import { readFileSync } from 'node:fs'

/** `packageFile`: the package.json beside the built files. Throws where there is none: a build without it is broken. */
export function versionIn(packageFile: URL | string): string {
  const manifest: { version?: unknown } = JSON.parse(readFileSync(packageFile, 'utf8'))
  return String(manifest.version)
}

/**
 * With the sources it was built of, where the package says so: "0.1.0 (7bfa231059b3 of 2026-11-28)". One that was built
 * from changed sources says that as well.
 */
export function builtVersionIn(packageFile: string): string {
  const { version, source }: { version?: unknown; source?: BuiltOf } = JSON.parse(readFileSync(packageFile, 'utf8'))
  if (source === undefined) return String(version)
  const commit = `${source.commit.slice(0, 12)}${source.changed ? ' with changes' : ''}`
  return `${version} (${commit} of ${source.committedAt.slice(0, 10)})`
}

/** As scripts/package writes it. */
type BuiltOf = { readonly commit: string; readonly committedAt: string; readonly changed: boolean }
