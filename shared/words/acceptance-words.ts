// About accepting a server: the form of its sentences in every language, on the screen, in the terminal and on paper.
import type {
  AcceptanceComparison,
  AcceptanceFault,
  AcceptanceFigure,
  AcceptanceHead,
  AcceptanceOpenPoint,
  AcceptanceRefusal,
  AcceptanceSettings,
  AcceptanceStage,
  AcceptanceVerdict,
} from '../domain/acceptance.ts'
import type { CanaryQuestion } from '../domain/canary.ts'

type OtherSetting = AcceptanceComparison['otherSettings'][number]

/** Names of columns and lines of the page. */
export type AcceptanceLabel =
  | ('hostname' | 'machineId' | 'system' | 'kernel' | 'processor' | 'memory' | 'disk' | 'engine')
  | ('address' | 'driver' | 'toolkit' | 'device' | 'product' | 'serial' | 'firmware' | 'health' | 'onBus')
  | ('service' | 'version' | 'model' | 'publisher' | 'state' | 'image' | 'seen')
  | ('utilization' | 'result' | 'question' | 'answer' | 'users' | 'goodShare' | 'wanted' | 'rate' | 'requests')
  | ('failed' | 'duration' | 'warmest' | 'power' | 'firstPart' | 'lastPart' | 'unseen' | 'by' | 'at' | 'console')
  | ('fingerprint' | 'audit' | 'digest' | 'signature' | 'name' | 'date' | 'signed' | 'tokens' | 'set')

export type AcceptanceWords = {
  readonly title: string
  readonly verdicts: { readonly [V in AcceptanceVerdict]: string }
  /** One sentence under the verdict, with how many points. */
  readonly verdictMeans: { readonly [V in AcceptanceVerdict]: (points: number) => string }
  readonly stages: { readonly [S in AcceptanceStage]: string }
  readonly sections: {
    readonly [S in
      | 'points'
      | 'hardware'
      | 'services'
      | 'devices'
      | 'canary'
      | 'load'
      | 'soak'
      | 'doctor'
      | 'check'
      | 'sign']: string
  }
  readonly refusals: { readonly [R in AcceptanceRefusal]: string }
  readonly openPoints: { readonly [P in AcceptanceOpenPoint]: string }
  readonly weights: { readonly refuses: string; readonly open: string }
  readonly canaryVerdicts: { readonly [V in CanaryQuestion['verdict']]: string }
  readonly labels: { readonly [L in AcceptanceLabel]: string }
  /** Users, prompt, answer, limits and soak. */
  readonly settings: (settings: AcceptanceSettings) => string
  readonly demo: string
  readonly nothing: string
  readonly notRead: (why: string) => string
  /** How anybody checks it: the command of this product, and that of OpenSSL. */
  readonly howToCheck: readonly string[]
  readonly unsigned: string
  readonly signHere: { readonly hospital: string; readonly vendor: string }
  readonly figures: { readonly [F in AcceptanceFigure]: string }
  /** In the terminal. */
  readonly begins: (id: string, settings: AcceptanceSettings) => string
  readonly progress: (name: string, about: string, percent: number) => string
  readonly kept: (id: string) => string
  readonly stopping: string
  readonly noneKept: string
  readonly head: (head: AcceptanceHead) => string
  readonly written: (folder: string, names: string) => string
  readonly valid: (id: string, at: string, verdict: string) => string
  readonly fingerprint: (fingerprint: string) => string
  readonly keys: { readonly [K in 'own' | 'known' | 'first' | 'unnamed' | 'other']: string }
  readonly otherKey: (fingerprint: string) => string
  readonly notThatKey: (wanted: string, found: string) => string
  readonly faults: { readonly [F in AcceptanceFault]: string }
  readonly otherMachine: string
  readonly otherSettings: (names: readonly OtherSetting[]) => string
  readonly changed: (what: string, before: string, after: string) => string
  readonly came: string
  readonly gone: string
  readonly same: string
}
