// What is said of alerts, to whoever is told of one and in the terminal.
import type { AlertQuiet, AlertRuleId, AlertSeverity, AlertUnit, NoticeKind } from '../domain/alert.ts'
import type { AlertChannel, ChannelKind, DeliveryProblem } from '../domain/alert-channel.ts'

/** `title`: the fault in a few words. `fix`: what to do. `subject`: what it is about; empty: the appliance. */
export type AlertText = { readonly title: (subject: string) => string; readonly fix: string }

export type AlertWords = {
  readonly rules: { readonly [R in AlertRuleId]: AlertText }
  readonly severities: { readonly [S in AlertSeverity]: string }
  /** Undefined where there is nothing to count. */
  readonly amounts: { readonly [U in Exclude<AlertUnit, 'state'>]: (amount: string) => string }
  /** What several alerts are about, and how many more. Empty: the appliance. */
  readonly subjects: (names: readonly string[], others: number) => string
  /** Why people are told, in front of the title. */
  readonly kinds: { readonly [K in NoticeKind]: string }
  readonly labels: { readonly [L in 'appliance' | 'since' | 'until' | 'value' | 'limit' | 'fix' | 'sender']: string }
  readonly test: { readonly title: string; readonly body: string }
  readonly over: { readonly [H in 'cleared' | 'gone' | 'unseen']: string }
  readonly flapping: (times: number) => string
  readonly channels: { readonly [K in ChannelKind]: string }
  readonly lists: { readonly [L in AlertChannel['list']]: string }
  readonly problems: { readonly [P in DeliveryProblem]: string }
  readonly quiets: { readonly [K in AlertQuiet['kind']]: string }
  readonly cli: {
    readonly none: string
    readonly acknowledgedBy: (who: string) => string
    readonly acknowledged: (id: string) => string
    readonly quietUntil: (what: string, until: string) => string
    readonly quietEnded: (id: string) => string
    readonly noChannels: string
    readonly lastSent: (time: string) => string
    readonly waiting: (count: number) => string
    readonly lost: (count: number) => string
    readonly trouble: (problem: string, detail: string, since: string) => string
    readonly saved: (channel: string) => string
    readonly removed: (channel: string) => string
    readonly sent: (channel: string) => string
    readonly everything: string
    readonly everywhere: string
  }
}
