// How a command of the simulated engine ends, in the words of docker's CLI and of its daemon.
import { evidence } from '../../../shared/domain/failure.ts'
import { type Ended, fullDiskComplaint, type Machine } from '../machine.ts'

/** Before everything that the daemon refuses. */
export const fromDaemon = 'Error response from daemon: '

/** The same complaint as every program's, as Go words it. */
export const engineDiskComplaint = fullDiskComplaint.replace('No', 'no')

/** Ended by a signal, with nothing more done. */
export const interrupted: Ended = { exitCode: 143, stdout: '', stderr: '' }

export function said(line: string): Ended {
  return { exitCode: 0, stdout: `${line}\n`, stderr: '' }
}

export function refused(line: string, exitCode = 1): Ended {
  return { exitCode, stdout: '', stderr: `${line}\n` }
}

/** Loud on purpose: a new command of a step has to be taught to the demo. */
export function unknownCommand(words: readonly string[]): Ended {
  return refused(`the demo does not know the command: ${evidence(words.join(' '), 300)}`, 127)
}

/** False when the command was ended meanwhile: it must do nothing more then. */
export async function paused(machine: Machine, milliseconds: number, signal?: AbortSignal): Promise<boolean> {
  try {
    await machine.pause(milliseconds, signal)
  } catch (error) {
    if (!signal?.aborted) throw error
  }
  return !signal?.aborted
}
