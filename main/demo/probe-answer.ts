// What a simulated machine answers to one probe of the facts script or the sampler.
import type { Machine } from './machine.ts'

export type Answered = {
  readonly stdout: string
  readonly stderr?: string
  /** Default 0. 127 without a byte: the machine does not have what the probe asks about. */
  readonly exitCode?: number
}

export const notThere: Answered = { stdout: '', exitCode: 127 }

/** By probe id. */
export type AnswerTable = Readonly<Record<string, (machine: Machine) => Answered>>
