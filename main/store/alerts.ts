// What is kept of alerts: what a site set, what is wrong and was, and what the rules remember of each appliance.
import * as z from 'zod'
import { alert, alertPolicy, alertQuiet, ruleOverride, usualAlertPolicy } from '../../shared/domain/alert.ts'
import { alertChannel } from '../../shared/domain/alert-channel.ts'
import { documentIn } from './folder.ts'

const settings = z.strictObject({
  overrides: z.array(ruleOverride).max(100),
  channels: z.array(alertChannel).max(50),
  quiets: z.array(alertQuiet).max(200),
  policy: alertPolicy,
})
export type KeptAlertSettings = z.infer<typeof settings>

const book = z.strictObject({ active: z.array(alert), past: z.array(alert) })

const points = z.array(z.tuple([z.number(), z.number()])).max(100)
const remembered = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('growth'), last: z.number(), grown: points }),
  z.strictObject({ of: z.literal('days-left'), points }),
])
const memory = z.array(
  z.strictObject({
    appliance: z.string().max(2000),
    devices: z.array(z.tuple([z.string().max(100), z.number()])),
    memory: z.array(z.tuple([z.string().max(400), remembered])),
  }),
)
export type KeptAlertMemory = z.infer<typeof memory>

export function alertDocumentsIn(folder: string) {
  const usual: KeptAlertSettings = { overrides: [], channels: [], quiets: [], policy: usualAlertPolicy }
  return {
    settings: documentIn(folder, 'alerts.json', settings, usual),
    book: documentIn(folder, 'alert-book.json', book, { active: [], past: [] }),
    memory: documentIn(folder, 'alert-memory.json', memory, []),
  }
}
