// The history of this console, opened when somebody measures or asks for the first time: most commands do neither.
import { type History, openHistory } from '../../store/history/history.ts'
import type { Opening } from '../access/opening.ts'
import type { CoreTools } from '../core-tools.ts'

export type HistoryKeeper = {
  open(): History
  /** What is in memory only goes to the disk first. */
  close(): void
}

export function historyKeeper(stateFolder: string, { now, clock }: Pick<CoreTools, 'now' | 'clock'>): HistoryKeeper {
  let history: History | undefined
  return {
    open() {
      history ??= openHistory({ folder: stateFolder, nowMs: () => Date.parse(now()), clock })
      return history
    },
    close() {
      history?.close()
      history = undefined
    },
  }
}

/** One appliance whoever logs in there. Behind a jump host the same address is another machine. */
export function historyKey({ address, via = [] }: Pick<Opening, 'address' | 'via'>): string {
  return [...via.map((hop) => hop.address), address].map(({ host, port }) => `${host}:${port}`).join(' > ')
}
