// A device proof as lines for people: in the terminal, and beside a deployment.
import type { ActivityReading, DeviceProof } from '../domain/device-proof.ts'
import { valueOr } from '../domain/reading.ts'
import { tooShort } from '../domain/verdict.ts'
import { threeDigits } from './amounts.ts'
import type { Words } from './words.ts'

/** "8 of 8 Ascend 910B4 seen inside", "33 of 33 layers on them", and so on: what is known, in this order. */
export function deviceParts(proof: DeviceProof, { devices: said }: Words): string[] {
  const { expected, inside, log, activity, speed } = proof
  const rate = valueOr(speed.tokensPerSecond, undefined)
  const { tokensPerSecond } = speed
  const isTooShort = tokensPerSecond.state === 'unreadable' && tokensPerSecond.why === tooShort
  const noSpeed = isTooShort ? said.noSpeed : undefined
  return [
    expected.on === 'processor' ? said.onProcessor : undefined,
    expected.on === 'accelerators' && inside.state === 'known' ? said.inside(inside.value, expected) : undefined,
    log.state === 'known' && expected.on !== 'processor' ? said.log(log.value) : undefined,
    activity.state === 'known' ? said.activity(activity.value) : undefined,
    rate === undefined ? noSpeed : said.speed(rate, speed.band),
  ].filter((part) => part !== undefined)
}

export function deviceHead({ deployment, state, reason }: DeviceProof, { devices: said, cli }: Words): string {
  return cli.pair(deployment, cli.list([said.states[state], said.reasons[reason]]))
}

/** What its engine wrote, where it is not proven: that is for people to judge. What a finding says already is left out. */
export function engineLines({ state, log, findings }: DeviceProof): readonly string[] {
  if (state === 'proven' || log.state !== 'known') return []
  return log.value.lines.filter((line) => !findings.some((one) => 'said' in one && one.said === line))
}

/** From where to where the busiest of them went; `rose`: it was idle before. */
export function risenFrom({
  devices,
}: ActivityReading): { readonly from: string; readonly to: string; readonly rose: boolean } | undefined {
  const known = devices.flatMap(({ before, highest }) =>
    before.state === 'known' && highest.state === 'known' ? [{ before: before.value, highest: highest.value }] : [],
  )
  const [first] = known.toSorted((a, b) => b.highest - a.highest)
  if (first === undefined) return undefined
  const { before, highest } = first
  return { from: threeDigits(before), to: threeDigits(highest), rose: highest - before >= 5 }
}
