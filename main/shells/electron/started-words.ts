// What the desktop is asked for by the words it was started with: a window, unless it is something that a terminal answers.
// An installed package has no other program that could say it.
import type { UpdateWish } from '../../console-host/run-update.ts'

export type Started = 'window' | 'version' | UpdateWish

/** `argv`: of the process. Chromium's own switches may stand anywhere in it. */
export function startedFor(argv: readonly string[]): Started {
  if (argv.includes('--version')) return 'version'
  const [verb, act, file] = argv.filter((word) => !word.startsWith('-')).slice(-3)
  const isUpdate = verb === 'update' && (act === 'check' || act === 'take') && file !== undefined
  return isUpdate ? { act, file } : 'window'
}
