// What stands in an acceptance as people read it: a point as a sentence with what it is about and its detail, a figure with
// its unit.
import type { AcceptanceFigure, AcceptancePoint } from '../domain/acceptance.ts'
import { threeDigits } from './amounts.ts'
import { percentText, timeText } from './bench-amounts.ts'
import { doctorOf } from './doctor.ts'
import type { Words } from './words.ts'

export function acceptancePointText(point: AcceptancePoint, words: Words): string {
  const { acceptance: said, cli } = words
  const { detail = '' } = point
  const text = point.weight === 'refuses' ? said.refusals[point.point] : said.openPoints[point.point]
  const subject = subjectOf(point, words)
  const named = subject === '' ? text : cli.pair(subject, text)
  return detail === '' ? named : cli.list([named, detailText(detail, words)])
}

/** A rule or a fact of the doctor has a name for people. */
function subjectOf({ point, about }: AcceptancePoint, { language }: Words): string {
  const doctor = doctorOf(language)
  if (point === 'unread') return new Map(Object.entries(doctor.facts)).get(about) ?? about
  const isRule = point === 'doctor-error' || point === 'doctor-warning'
  return isRule ? (new Map(Object.entries(doctor.rules)).get(about)?.title ?? about) : about
}

/** Details are words of closed lists, for which there are texts; what is in none of them is shown as it is. */
function detailText(detail: string, { devices, canary, verdictReasons, cli }: Words): string {
  const texts = new Map(Object.entries({ ...verdictReasons, ...devices.reasons, ...canary.problems }))
  const parts = detail.split(' ').map((one) => texts.get(one))
  const known = parts.filter((one) => one !== undefined)
  return known.length === parts.length ? cli.list(known) : detail
}

export function acceptanceFigureText(figure: AcceptanceFigure, value: number): string {
  switch (figure) {
    case 'good-share':
      return percentText(value)
    case 'output-rate':
    case 'soak-rate':
      return `${threeDigits(value)} tokens/s`
    case 'highest-celsius':
      return `${threeDigits(value)} °C`
    default:
      return timeText(value)
  }
}
