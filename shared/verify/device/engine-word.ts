// What an engine said of its devices when it started, from lines of its log. Every engine's lines are its own, so all readers
// hear all lines, and a reader more is one file. MindIE, LMDeploy and others have none yet: their logs say nothing here,
// which is not the same as a processor.
import type { EngineWord } from '../../domain/device-proof.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading } from '../../domain/reading.ts'
import { llamaCppLine } from './llama-cpp-log.ts'
import type { HeardLine, LogReader } from './log-line.ts'
import { sglangLine } from './sglang-log.ts'
import { teiLine } from './tei-log.ts'
import { vllmLine } from './vllm-log.ts'

const readers: readonly LogReader[] = [llamaCppLine, vllmLine, sglangLine, teiLine]
const lineLimit = 200
const lineLength = 2000
const keptLines = 12

/** Absent where no line says anything of devices. Of two lines about the same thing the last counts, but where it computes. */
export function readEngineWord(lines: readonly string[]): Reading<EngineWord> {
  const heard = lines.slice(0, lineLimit).flatMap((line) => {
    const said = readers.flatMap((read) => read(line.slice(0, lineLength)) ?? [])
    return said.map((one) => ({ ...one, line }))
  })
  if (heard.length === 0) return absent
  const last = <K extends keyof HeardLine>(key: K) => heard.findLast((one) => one[key] !== undefined)?.[key]
  const layers = last('layers')
  const on = placeIn(heard, layers)
  const [cacheTokens, maximumConcurrency] = [last('cacheTokens'), last('maximumConcurrency')]
  return known({
    ...(on !== undefined && { computesOn: on }),
    ...(layers !== undefined && { layers }),
    devices: [...new Set(heard.flatMap(({ device }) => device ?? []))].slice(0, 64).map((one) => evidence(one, 190)),
    ...(cacheTokens !== undefined && { cacheTokens }),
    ...(maximumConcurrency !== undefined && { maximumConcurrency }),
    lines: [...new Set(heard.map(({ line }) => evidence(line, 290)))].slice(0, keptLines),
  })
}

function placeIn(heard: readonly HeardLine[], layers: HeardLine['layers']): EngineWord['computesOn'] {
  const says = (on: HeardLine['on']) => heard.some((one) => one.on === on)
  const some = says('accelerators')
  if (layers !== undefined && layers.onAccelerators > 0 && layers.onAccelerators < layers.all) return 'both'
  if (says('processor')) return some ? 'both' : 'processor'
  if (some) return 'accelerators'
  return says('processor-weak') ? 'processor' : undefined
}
