// `rackside alerts show`: what happened around one alert, as a line of events, for whoever asks the next morning.
import { evidence, ok, type Result } from '../../../shared/domain/failure.ts'
import { alertTitle, amountText } from '../../../shared/words/alert-text.ts'
import { incidentNotes, incidentText } from '../../../shared/words/incident-text.ts'
import { flat, type Work } from './work.ts'

const timeOf = (ms: number) => new Date(ms).toISOString()

export async function showAlert({ client, terminal, words }: Work, alertId: string): Promise<Result<number>> {
  const answer = await flat('alerts.report', client.product.alerts.report({ alertId }))
  if (!answer.ok) return answer
  const { alert, unit, demo, events, fromMs, untilMs } = answer.value
  const { alerts, cli, incident } = words
  const { value, limit } = alert
  terminal.say(`${alert.id}  [${alerts.severities[alert.severity]}] ${alertTitle(alert, words)}`)
  if (demo) terminal.say(incident.demo)
  terminal.say(cli.pair(alerts.labels.appliance, evidence(alert.name, 100)))
  if (unit !== 'state') {
    terminal.say(cli.pair(incident.lastValue, amountText(value, unit, words)))
    terminal.say(cli.pair(alerts.labels.limit, amountText(limit, unit, words)))
  }
  for (const event of events) {
    const { text, note } = incidentText(event, words, timeOf)
    terminal.say(`${timeOf(event.atMs)}  ${text}`)
    if (note !== '') terminal.say(`                          ${note}`)
  }
  for (const note of incidentNotes(answer.value, alert, words)) terminal.say(note)
  terminal.say(incident.span(timeOf(fromMs), timeOf(untilMs)))
  terminal.result(answer.value)
  return ok(0)
}
