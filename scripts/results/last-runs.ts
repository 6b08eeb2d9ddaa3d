// The tables of last runs, tests/bench.md and tests/soak.md: a row for each name, the last run in the place of the one before.
import { execFileSync } from 'node:child_process'

/** The other rows stay as they are. */
export function withRow(table: string, [name, ...cells]: readonly [string, ...string[]]): string {
  const row = `| ${[name, ...cells].join(' | ')} |`
  const lines = table.trimEnd().split('\n')
  const at = lines.findIndex((line) => line.startsWith(`| ${name} |`))
  const rows = at === -1 ? [...lines, row] : lines.with(at, row)
  return `${rows.join('\n')}\n`
}

/** With a plus sign where anything but these tables is not committed. */
export function commitNow(root: string): string {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim()
  const changed = git('status', '--porcelain', '--', '.', ':!tests/bench.md', ':!tests/soak.md') !== ''
  return `${git('rev-parse', '--short', 'HEAD')}${changed ? '+' : ''}`
}
