// The facts and samples of a simulated machine, by the product's own readers.
import type { Machine } from '../../../../../main/demo/machine.ts'
import type { AnswerTable } from '../../../../../main/demo/probe-answer.ts'
import type { Vendor } from '../../../../../shared/domain/accelerator.ts'
import type { Facts } from '../../../../../shared/domain/facts.ts'
import { vendorReaders } from '../../../../../shared/facts/accelerators/all.ts'
import type { VendorSample } from '../../../../../shared/facts/accelerators/vendor.ts'
import { allProbes, assembleFacts } from '../../../../../shared/facts/assemble.ts'
import { frameText, readFrames } from '../../../../../shared/facts/frames.ts'
import type { Answers } from '../../../../../shared/facts/probe.ts'

const nonce = 'demodemodemodemo'

/** Through the frames of the script, as they travel. */
function framedAnswers(machine: Machine, table: AnswerTable): Answers {
  const frames = Object.entries(table).map(([id, answer]) => {
    const { stdout, exitCode, stderr } = answer(machine)
    return frameText(nonce, id, stdout, exitCode, stderr)
  })
  return readFrames(frames.join(''), nonce)
}

export function demoFacts(machine: Machine, table: AnswerTable): Facts {
  const takenAt = new Date(machine.nowMs()).toISOString()
  return assembleFacts({ takenAt, privilege: 'root', probes: allProbes, answers: framedAnswers(machine, table) })
}

export function demoSample(machine: Machine, table: AnswerTable, vendor: Vendor): VendorSample {
  const reader = vendorReaders.find((one) => one.vendor === vendor)
  const answer = reader === undefined ? undefined : framedAnswers(machine, table).get(reader.sampleProbe.id)
  if (reader === undefined || answer === undefined) throw new Error(`nothing is asked of ${vendor}`)
  return reader.readSample(answer)
}
