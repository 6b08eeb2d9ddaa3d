// Every block that travels as a script of its own, and who carries it out.
import type { ScriptHead } from '../../../shared/domain/script-head.ts'
import { engineAnswers } from '../engine/answers.ts'
import { hardwareAnswers, sampleAnswers } from '../hardware/answers.ts'
import type { Machine } from '../machine.ts'
import { engineWorker } from './engine-work.ts'
import { factsWorker, machineIdWorker, samplerWorker } from './facts-work.ts'
import { hostLookWorker } from './host-look-work.ts'
import { keptWorkers } from './kept-work.ts'
import { loginKeysWorkers } from './login-keys-work.ts'
import { lookWorker } from './look-work.ts'
import { recorderWorkers } from './recorder-work.ts'
import { runWorkers } from './run-work.ts'
import { uploadWorkers } from './upload-work.ts'
import type { ScriptBlock, Work, Worker, Workers } from './work.ts'

export type CarryOut = (work: Work<ScriptHead>) => Promise<number>

/**
 * Rejects on a block that the demo does not know. `power`: the signal that aborts when the power that is on now
 * goes.
 */
export function carrierFor(machine: Machine, power: () => AbortSignal): CarryOut {
  const lock = { held: false }
  const workers: Workers = {
    'shell-look': lookWorker,
    'host-look': hostLookWorker(machine),
    facts: factsWorker(machine, { ...hardwareAnswers, ...engineAnswers }),
    sampler: samplerWorker(machine, sampleAnswers),
    'machine-id': machineIdWorker(machine),
    ...uploadWorkers(machine),
    ...runWorkers(machine, power, lock),
    'engine-dial': engineWorker(machine),
    ...keptWorkers(machine, lock),
    ...loginKeysWorkers(machine),
    ...recorderWorkers(machine, sampleAnswers),
    'watch-install': noSudoers,
    'watch-remove': noSudoers,
  }
  return async (work) => {
    const { block } = work.head
    if (!isKnown(workers, block)) throw new Error(`the block "${block}" is not in the demo`)
    // The head decides which worker it is, so it is of that worker's kind.
    const worker = workers[block] as Worker<ScriptBlock>
    return worker(work as Parameters<typeof worker>[0])
  }
}

/** Whoever logs in to a simulated machine may do everything there: nothing of it can be given to somebody else. */
async function noSudoers({ complain }: { complain(text: string): void }): Promise<number> {
  complain('a demo appliance has no users but one, and no sudoers')
  return 1
}

function isKnown(workers: Workers, block: string): block is ScriptBlock {
  return Object.hasOwn(workers, block)
}
