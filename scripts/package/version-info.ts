// Which sources a package was made of: the commit and its date, so that two builds of one commit say the same. The time of
// the build is nowhere in it.
import { execFileSync } from 'node:child_process'

export type SourceVersion = {
  readonly commit: string
  /** ISO, UTC. */
  readonly committedAt: string
  /** Something tracked differs from that commit. */
  readonly changed: boolean
}

/** Undefined where the sources are no checkout. */
export function sourceVersion(root: string): SourceVersion | undefined {
  const git = (...words: string[]) =>
    execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    const [commit = '', seconds = ''] = git('log', '-1', '--format=%H%n%ct').split('\n')
    const changed = git('status', '--porcelain', '--untracked-files=no') !== ''
    return { commit, committedAt: new Date(Number(seconds) * 1000).toISOString(), changed }
  } catch {
    return undefined
  }
}
