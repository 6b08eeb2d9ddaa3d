// The three scripts of an upload on the simulated machine. Every chunk is hashed as it arrives and compared, as on
// a real one; the bytes themselves are thrown away. What arrived of a chunk that is not whole is forgotten with its lane.
import { remoteArtifacts, remoteStaging } from '../../../shared/domain/remote-layout.ts'
import { uploadExit } from '../../../shared/domain/script-exits.ts'
import { drillIsOn, fullDiskComplaint, type Machine } from '../machine.ts'
import { type ChunkHashes, chunkHashes } from './chunk-hashes.ts'
import { placedInput } from './placed-input.ts'
import { aborted, type Work, type Worker, type Workers, wholeInput } from './work.ts'

/** One artifact's upload: who holds its part file, and what its lanes have brought. */
type Held = { readonly ended: Promise<void>; readonly hashes: ChunkHashes }

export function uploadWorkers(machine: Machine): Pick<Workers, 'put-begin' | 'put-lane' | 'put-finish'> {
  const held = new Map<string, Held>()
  return {
    'put-begin': beginWorker(machine, held),
    'put-lane': laneWorker(machine, held),
    'put-finish': finishWorker(machine),
  }
}

function beginWorker(machine: Machine, held: Map<string, Held>): Worker<'put-begin'> {
  return async (work) => {
    const { head, write, signal } = work
    const { sha256, bytes, image } = head
    const before = held.get(sha256)
    if (before !== undefined) {
      await write('waiting\n')
      await Promise.race([before.ended, aborted(signal)])
      if (signal.aborted) return 143
    }
    if (machine.state.artifacts[sha256]?.bytes === bytes) {
      await write('present\n')
      return 0
    }
    const mine: Held = { ended: aborted(signal), hashes: chunkHashes() }
    held.set(sha256, mine)
    machine.change((state) => {
      state.staged[sha256] ??= { bytes, chunks: {}, ...(image === undefined ? {} : { image }) }
    })
    const recorded = Object.entries(machine.state.staged[sha256]?.chunks ?? {})
    await write(
      `ready ${recorded.length === 0 ? 0 : bytes}\n${recorded.map((one) => `${one.join(' ')}\n`).join('')}end\n`,
    )
    try {
      return await take(machine, work, mine.hashes)
    } finally {
      if (held.get(sha256) === mine) held.delete(sha256)
    }
  }
}

function laneWorker(machine: Machine, held: Map<string, Held>): Worker<'put-lane'> {
  return async (work) => {
    const first = held.get(work.head.sha256)
    return first === undefined ? uploadExit.record : take(machine, work, first.hashes)
  }
}

type Taking = Pick<Work, 'input' | 'write' | 'complain'> & { readonly head: { readonly sha256: string } }

async function take(machine: Machine, { head, input, write, complain }: Taking, hashes: ChunkHashes): Promise<number> {
  for await (const item of placedInput(input)) {
    if (item.kind === 'bytes') {
      if (drillIsOn(machine, 'fill-disk')) {
        complain(`dd: error writing '${remoteStaging}/sha256-${head.sha256}.part': ${fullDiskComplaint}`)
        return uploadExit.write
      }
      hashes.add(item.offset, item.bytes)
    } else if (item.kind === 'arrived') await write(`arrived ${item.offset} ${item.bytes}\n`)
    else await write(check(machine, head.sha256, item.text, hashes))
  }
  return 0
}

/** The answer to "check INDEX SHA256". */
function check(machine: Machine, sha256: string, line: string, hashes: ChunkHashes): string {
  const [what, index = '', expected = ''] = line.split(' ')
  if (what !== 'check') throw new Error(`the upload does not know "${line}"`)
  const got = hashes.take(Number(index))
  if (got !== expected) return `wrong ${index} ${got}\n`
  machine.change(({ staged }) => {
    const one = staged[sha256]
    if (one !== undefined) one.chunks[index] = expected
  })
  return `right ${index}\n`
}

function finishWorker(machine: Machine): Worker<'put-finish'> {
  return async ({ head: { sha256 }, input, complain }) => {
    const wanted = (await wholeInput(input)).split('\n').filter((line) => line !== '')
    const one = machine.state.staged[sha256]
    if (machine.state.artifacts[sha256] !== undefined) return 0
    const missing = wanted.find((line) => {
      const [index = '', chunk] = line.split(' ')
      return one?.chunks[index] !== chunk
    })
    if (one === undefined || missing !== undefined) {
      complain(missing ?? `${remoteArtifacts}: nothing was sent`)
      return uploadExit.incomplete
    }
    machine.change((state) => {
      const { bytes, image } = one
      state.artifacts[sha256] = { bytes, ...(image === undefined ? {} : { image }) }
      delete state.staged[sha256]
    })
    return 0
  }
}
