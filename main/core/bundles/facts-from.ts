// Facts of a server that is not there: from a recording of it, or as `rackside detect --json` said them.
import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { type Facts, facts } from '../../../shared/domain/facts.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { gatherFacts } from '../../facts/gather.ts'
import { replayConnection } from '../../facts/replay.ts'
import { readPlainText } from '../../files/plain-file.ts'
import { readRecording } from '../recording-folder.ts'

export async function factsFrom(place: string, tools: { readonly now: () => string }): Promise<Result<Facts>> {
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory() === true) {
    const recording = readRecording(place)
    if (!recording.ok) return recording
    const options = { now: () => new Date(tools.now()), nonce: () => randomBytes(8).toString('hex') }
    return gatherFacts(replayConnection(recording.value), options)
  }
  const unreadable = (detail: string) =>
    fail({ kind: 'facts-unreadable', detail: evidence(`${place}: ${detail}`, 490) })
  const text = readPlainText(place, { follow: true, mostBytes: 16 * 1024 * 1024 })
  if ('problem' in text) return unreadable(text.why)
  try {
    const read = facts.safeParse(JSON.parse(text.read))
    const [issue] = read.error?.issues ?? []
    return read.success ? ok(read.data) : unreadable(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
  } catch (error) {
    return unreadable((error as Error).message)
  }
}
