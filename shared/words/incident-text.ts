// The report of an alert in words: one line for each thing that happened, and what is not known. What came from elsewhere is
// one line in it, made safe to show.
import type { Alert } from '../domain/alert.ts'
import { evidence } from '../domain/failure.ts'
import type { Incident, IncidentEvent, Telling } from '../domain/incident.ts'
import type { RunSubject } from '../domain/notification.ts'
import { alertTitle } from './alert-text.ts'
import { actText, calledBy, cameText } from './audit-text.ts'
import type { Words } from './words.ts'

type Run = Extract<IncidentEvent, { kind: 'run' }>

export type EventText = { readonly text: string; readonly note: string }

/** `timeText`: in the time of who reads it. `note` is empty where there is no more to say. */
export function incidentText(event: IncidentEvent, words: Words, timeText: (ms: number) => string): EventText {
  const { incident, alerts, cli } = words
  switch (event.kind) {
    case 'began':
    case 'fired':
      return { text: incident[event.kind], note: '' }
    case 'told':
      return toldText(event, words, timeText)
    case 'acknowledged':
      return { text: incident.acknowledged(line(event.by)), note: '' }
    case 'other': {
      const title = incident.other(alertTitle(event, words), alerts.severities[event.severity])
      const over = event.overMs === undefined ? incident.stillOn : cli.pair(alerts.kinds.over, timeText(event.overMs))
      const notes = [...(event.isFirst ? [incident.likelyCause] : []), over]
      return { text: title, note: cli.list(notes) }
    }
    case 'run':
      return runText(event, words, timeText)
    case 'act': {
      const { entry } = event
      const said = incident.act(line(entry.record.who), line(actText(words.audit, entry)))
      return { text: said, note: line(cameText(words.audit, entry) ?? '') }
    }
    case 'over':
      return { text: incident.over(alerts.over[event.how]), note: '' }
  }
}

function toldText(
  { why, on }: Extract<IncidentEvent, { kind: 'told' }>,
  words: Words,
  timeText: (ms: number) => string,
): EventText {
  const { incident, cli } = words
  if (on === null) return { text: incident.toldUnknown, note: '' }
  if (on.length === 0) return { text: incident.toldNobody, note: '' }
  return { text: incident.told[why], note: cli.list(on.map((one) => tellingText(one, words, timeText))) }
}

function tellingText(
  { channel, way, sentMs, problem }: Telling,
  words: Words,
  timeText: (ms: number) => string,
): string {
  const { incident, alerts, cli } = words
  const unsent = problem === undefined ? incident.sending : incident.notSent(alerts.problems[problem])
  const state = sentMs === undefined ? unsent : cli.pair(incident.sent, timeText(sentMs))
  return incident.channel(line(channel), alerts.channels[way], state)
}

function runText(event: Run, words: Words, timeText: (ms: number) => string): EventText {
  const { incident, cli, verdicts } = words
  const { who, subject, outcome, changed, failure, verdict, endMs, planId } = event
  const notes = [
    outcomeText(incident.runOutcomes[outcome], failure, words),
    ...(endMs === undefined ? [] : [incident.ended(timeText(endMs))]),
    ...(changed === undefined ? [] : [incident.changed(changed)]),
    ...(verdict === undefined ? [] : [incident.verdict(verdicts[verdict])]),
    line(planId),
  ]
  return { text: incident.run(line(who), subjectText(subject, words)), note: cli.list(notes) }
}

function subjectText(subject: RunSubject | undefined, { incident: { subjects, unknownSubject } }: Words): string {
  switch (subject?.act) {
    case undefined:
      return unknownSubject
    case 'set-up':
      return subjects.setUp(line(subject.solution))
    case 'roll-back':
      return subjects.rollBack(line(subject.deployment), line(subject.version))
    case 'renew-certificate':
      return subjects.renew(line(subject.deployment))
    case 'uninstall':
      return subjects.uninstall
  }
}

/** `failure`: its kind. */
function outcomeText(outcome: string, failure: string | undefined, { audit }: Words): string {
  if (failure === undefined || failure === 'cancelled') return outcome
  return audit.caused(outcome, line(calledBy(audit.failureNames, failure)))
}

/** What of it is not known, or has to be said beside the events. */
export function incidentNotes(
  { acts, events, likelyCause }: Incident,
  { id, acknowledged, over }: Pick<Alert, 'id' | 'acknowledged' | 'over'>,
  { incident }: Words,
): readonly string[] {
  const hasActs = events.some(({ kind }) => kind === 'act' || kind === 'run')
  return [
    ...(over === undefined ? [incident.stillOn] : []),
    ...(acknowledged === undefined ? [incident.nobodyAcknowledged] : []),
    ...(likelyCause === id ? [incident.itselfFirst] : []),
    ...(hasActs || acts === 'unreadable' ? [] : [incident.noActs]),
    ...(incident.acts[acts] === '' ? [] : [incident.acts[acts]]),
  ]
}

function line(text: string): string {
  return evidence(text.replaceAll(/\s+/g, ' '), 200)
}
