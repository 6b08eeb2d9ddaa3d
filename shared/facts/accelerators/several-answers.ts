// For vendors whose tool is asked more than one question: any of its answers may be the one that names the devices,
// and the others add what it does not say.
import type { Accelerator } from '../../domain/accelerator.ts'
import { type Answers, type ProbeAnswer, silence } from '../probe.ts'
import type { DeviceTable } from './tool-answer.ts'

/** What a probe's tool printed; nothing where it is not installed, hung or broke off. */
export function printed(answers: Answers, id: string): string {
  const answer = answers.get(id)
  return answer === undefined || silence(answer) !== undefined ? '' : answer.stdout
}

/** The first of these answers that names devices; else the first one, which says why there are none. */
export function answerWithDevices(
  answers: Answers,
  ids: readonly [string, ...string[]],
  table: (text: string) => DeviceTable,
): ProbeAnswer | undefined {
  const named = ids.find((id) => table(printed(answers, id)).devices.length > 0)
  return answers.get(named ?? ids[0])
}

/** `detail` with those of `more` that are there. */
export function withDetail(device: Accelerator, more: Accelerator['detail']): Accelerator {
  const told = Object.entries(more ?? {}).filter(([, one]) => one !== undefined)
  return told.length === 0 ? device : { ...device, detail: { ...device.detail, ...Object.fromEntries(told) } }
}
