// Debian's testing branch moves: packages vanish and mirrors go away. debootstrap says so in several
// dialects; this turns them into one named failure.
import { LabFailure } from '../lab-failure.ts'

export function debootstrapFailure(output: string, log: string, mirror: string): LabFailure {
  const vanished = /Couldn't find these debs: (.+)/.exec(output)?.[1]?.trim()
  if (vanished !== undefined) {
    return new LabFailure(
      'package-vanished',
      `the mirror ${mirror} no longer has: ${vanished} (edit scripts/lab/base/recipe.ts)`,
    )
  }
  const download = /Couldn't download packages: (.+)/.exec(output)?.[1]?.trim()
  if (download !== undefined) {
    return new LabFailure('mirror-unreachable', `the mirror ${mirror} did not deliver: ${download}`)
  }
  if (/Failed getting release file|Invalid Release file|Unable to find/.test(output)) {
    return new LabFailure('mirror-unreachable', `the mirror ${mirror} does not answer for this release`)
  }
  const errors = `${output}\n${log}`.split('\n').filter((line) => /^(E:|dpkg: error)/.test(line))
  const last = errors.at(-1) ?? output.trim().split('\n').at(-1) ?? ''
  return new LabFailure('base-build-failed', `debootstrap failed: ${last}`)
}
