// What is said in the report of an alert.
import type { NoticeKind } from '../domain/alert.ts'
import type { Incident, IncidentEvent } from '../domain/incident.ts'

type Run = Extract<IncidentEvent, { kind: 'run' }>

export type IncidentWords = {
  readonly title: string
  readonly began: string
  readonly fired: string
  readonly told: { readonly [K in NoticeKind]: string }
  readonly toldNobody: string
  readonly toldUnknown: string
  readonly channel: (id: string, way: string, state: string) => string
  readonly sent: string
  readonly notSent: (problem: string) => string
  readonly sending: string
  readonly acknowledged: (who: string) => string
  readonly nobodyAcknowledged: string
  readonly other: (title: string, severity: string) => string
  readonly likelyCause: string
  readonly itselfFirst: string
  readonly run: (who: string, subject: string) => string
  readonly unknownSubject: string
  readonly subjects: {
    readonly setUp: (solution: string) => string
    readonly rollBack: (deployment: string, version: string) => string
    readonly renew: (deployment: string) => string
    readonly uninstall: string
  }
  readonly runOutcomes: { readonly [O in Run['outcome']]: string }
  readonly changed: (steps: number) => string
  readonly verdict: (state: string) => string
  readonly act: (who: string, act: string) => string
  readonly ended: (time: string) => string
  readonly over: (how: string) => string
  readonly stillOn: string
  readonly acts: { readonly [A in Incident['acts']]: string }
  readonly noActs: string
  readonly span: (from: string, until: string) => string
  readonly lastValue: string
  readonly demo: string
}
