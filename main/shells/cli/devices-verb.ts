// `rackside probe --devices`: whether each model is computed where it was planned, with what was seen of it. Its exit code
// is that of a verdict: refuted is degraded, and what is not proven unknown.
import type { Target } from '../../../shared/contract/contract.ts'
import type { DeviceProof, DeviceProofEvent } from '../../../shared/domain/device-proof.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { deviceHead, deviceParts, engineLines } from '../../../shared/words/device-text.ts'
import type { Words } from '../../../shared/words/words.ts'
import { received } from '../../core/refusal.ts'
import { verdictExitCodes } from '../../terminal/exit-codes.ts'
import type { VerbWork, Work } from './work.ts'

const cutShort: Failure = { kind: 'cancelled', at: 'the proof of devices' }

export async function proveDevices(work: VerbWork, target: Target): Promise<Result<number>> {
  const { client, terminal, words } = work
  const events = await received('setup.proveDevices', client.product.setup.proveDevices({ target }))
  if (!events.ok) return events
  let proofs: readonly DeviceProof[] | undefined
  const show = async () => {
    for await (const event of events.value) {
      if (event.event === 'end') proofs = event.proofs
      sayEvent(event, work)
    }
  }
  const shown = await received('setup.proveDevices', show())
  if (!shown.ok) return shown
  if (proofs === undefined) return fail(cutShort)
  if (proofs.length === 0) terminal.say(words.devices.nothing)
  terminal.result({ devices: proofs })
  return ok(exitCodeOf(proofs))
}

function exitCodeOf(proofs: readonly DeviceProof[]): number {
  if (proofs.some(({ state }) => state === 'refuted')) return verdictExitCodes.degraded
  const isOpen = proofs.length === 0 || proofs.some(({ state }) => state === 'unproven')
  return isOpen ? verdictExitCodes.unknown : 0
}

function sayEvent(event: DeviceProofEvent, { terminal, words }: Work): void {
  const { devices: said } = words
  if (event.event === 'begin') terminal.tick(said.begins(event.deployment, event.model))
  if (event.event === 'writing') terminal.tick(said.writes(event.deployment))
  if (event.event === 'proof') for (const line of proofLines(event.proof, words)) terminal.say(line)
}

function proofLines(proof: DeviceProof, words: Words): string[] {
  const { devices: said, cli } = words
  const parts = deviceParts(proof, words)
  return [
    deviceHead(proof, words),
    ...(parts.length === 0 ? [] : [`  ${cli.list(parts)}`]),
    ...proof.findings.map((one) => `  ${said.finding(one)}`),
    ...engineLines(proof).map((line) => `  ${cli.pair(said.evidence, line)}`),
  ]
}
