// Why an appliance is as it is, in words that name the hardware: "it answers, but NPU 4 is critical and NPU 5
// cannot be read". Without names only the reason itself is said.
import type { AcceleratorTrouble } from '../domain/accelerator-trouble.ts'
import type { ApplianceVerdict } from '../domain/verdict.ts'
import { acceleratorName, kindName } from './accelerator-name.ts'
import type { Words } from './words.ts'

type Told = Pick<ApplianceVerdict, 'reason' | 'accelerators'>

/** The whole reason as part of a sentence. */
export function verdictReasonText(verdict: Told, words: Words): string {
  const reason = words.verdictReasons[verdict.reason]
  const said = troublesText(verdict.accelerators ?? [], words)
  if (said === undefined) return reason
  return isOfHardware(verdict) ? words.hardwareTroubles.answersBut(said) : words.cli.list([reason, said])
}

export function isOfHardware({ reason }: Pick<ApplianceVerdict, 'reason'>): boolean {
  return reason === 'accelerator-ill' || reason === 'accelerator-unreadable'
}

/** Undefined where there is nothing to say. */
export function troublesText(troubles: readonly AcceleratorTrouble[], words: Words): string | undefined {
  const said = [
    ...(['critical', 'alarm', 'unreadable'] as const).flatMap((kind) => devicesText(troubles, kind, words)),
    ...troubles.flatMap((one) =>
      one.trouble === 'unread' ? [words.hardwareTroubles.unread(kindName(one.kind), one.count)] : [],
    ),
  ]
  return said.length === 0 ? undefined : words.hardwareTroubles.and(said)
}

/** More than these are counted instead of named. */
const mostNames = 3

function devicesText(
  troubles: readonly AcceleratorTrouble[],
  kind: Exclude<AcceleratorTrouble['trouble'], 'unread'>,
  { hardwareTroubles }: Words,
): string[] {
  const devices = troubles.filter((one) => one.trouble === kind)
  const [first] = devices
  if (first === undefined) return []
  const who =
    devices.length > mostNames
      ? hardwareTroubles.many(kindName(first.kind), devices.length)
      : hardwareTroubles.and(devices.map(nameOf))
  return [hardwareTroubles.are[kind](who, devices.length)]
}

function nameOf(one: AcceleratorTrouble): string {
  return one.trouble === 'unread' ? kindName(one.kind) : acceleratorName(one)
}
