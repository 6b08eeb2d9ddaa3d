// Whoever says --yes approves a plan, and nothing of it unseen that runs as root in words of the bundle's own: each of
// these is shown word for word, and named with a digest of its words, so that other words are another name.
import { createHash } from 'node:crypto'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { RootAct } from '../../../shared/domain/root-act.ts'
import type { Words } from '../../../shared/words/words.ts'

/** So many hex digits of it cannot be met by trying. */
const digits = 16

/** "host-package.driver@0123456789abcdef", as --allow-root takes it. */
export function rootActName({ step, kind, words }: RootAct): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([step, kind, words]))
    .digest('hex')
  return `${step}@${digest.slice(0, digits)}`
}

export function rootActLines(act: RootAct, { cli }: Words): string[] {
  const said = act.words.trimEnd().split('\n')
  return [cli.pair(cli.runsAsRoot[act.kind], rootActName(act)), ...said.map((line) => `| ${line}`)]
}

/** Names that no act has any more allow nothing, and hurt nobody. */
export function allRootAllowed(acts: readonly RootAct[], allowed: readonly string[]): Result<void> {
  const names = [...new Set(acts.map(rootActName))].filter((name) => !allowed.includes(name))
  return names.length === 0 ? ok(undefined) : fail({ kind: 'root-not-allowed', acts: names })
}
