// The three scripts of an upload on the simulated machine. Every chunk is hashed as it arrives and compared, as on
// a real one; the bytes themselves are thrown away.
import { createHash } from 'node:crypto'
import { remoteArtifacts, remoteStaging } from '../../../shared/domain/remote-layout.ts'
import { uploadExit } from '../../../shared/domain/script-exits.ts'
import { drillIsOn, fullDiskComplaint, type Machine } from '../machine.ts'
import { aborted, type Worker, type Workers, wholeInput } from './work.ts'

export function uploadWorkers(machine: Machine): Pick<Workers, 'put-begin' | 'put-chunk' | 'put-finish'> {
  const held = new Map<string, Promise<void>>()
  return {
    'put-begin': beginWorker(machine, held),
    'put-chunk': chunkWorker(machine),
    'put-finish': finishWorker(machine),
  }
}

function beginWorker(machine: Machine, held: Map<string, Promise<void>>): Worker<'put-begin'> {
  return async ({ head, write, signal }) => {
    const { sha256, bytes, image } = head
    const before = held.get(sha256)
    if (before !== undefined) {
      await write('waiting\n')
      await Promise.race([before, aborted(signal)])
      if (signal.aborted) return 143
    }
    if (machine.state.artifacts[sha256]?.bytes === bytes) {
      await write('present\n')
      return 0
    }
    const ended = aborted(signal)
    held.set(sha256, ended)
    machine.change((state) => {
      state.staged[sha256] ??= { bytes, chunks: {}, ...(image === undefined ? {} : { image }) }
    })
    const recorded = Object.entries(machine.state.staged[sha256]?.chunks ?? {})
    await write(
      `ready ${recorded.length === 0 ? 0 : bytes}\n${recorded.map((one) => `${one.join(' ')}\n`).join('')}end\n`,
    )
    await ended
    if (held.get(sha256) === ended) held.delete(sha256)
    return 143
  }
}

function chunkWorker(machine: Machine): Worker<'put-chunk'> {
  return async ({ head: { sha256, index, expected }, input, write, complain }) => {
    const hash = createHash('sha256')
    for await (const piece of input) {
      if (drillIsOn(machine, 'fill-disk')) {
        complain(`dd: error writing '${remoteStaging}/sha256-${sha256}.part': ${fullDiskComplaint}`)
        return uploadExit.write
      }
      hash.update(piece)
    }
    const got = hash.digest('hex')
    if (got !== expected) {
      await write(`${got}\n`)
      return uploadExit.hash
    }
    machine.change(({ staged }) => {
      const one = staged[sha256]
      if (one !== undefined) one.chunks[String(index)] = expected
    })
    return 0
  }
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
