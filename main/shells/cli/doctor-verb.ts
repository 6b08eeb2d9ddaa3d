// `rackside doctor`: what is wrong with an appliance, why, and what helps. Its exit code tells scripts how bad it is.
import type { Target } from '../../../shared/contract/contract.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { Examination, Finding } from '../../../shared/domain/finding.ts'
import { doctorOf } from '../../../shared/words/doctor.ts'
import type { Words } from '../../../shared/words/words.ts'
import { doctorExitCodes } from '../../terminal/exit-codes.ts'
import { flat, type VerbWork } from './work.ts'

export async function doctor({ client, terminal, words }: VerbWork, target: Target): Promise<Result<number>> {
  const examined = await flat('appliances.doctor', client.product.appliances.doctor({ target }))
  if (!examined.ok) return examined
  const { takenAt, findings, unread } = examined.value
  for (const line of examinationLines(examined.value, words)) terminal.say(line)
  const told = findings.map((finding) => ({ ...finding, ...doctorOf(words.language).rules[finding.rule] }))
  terminal.result({ takenAt, findings: told, unread })
  // The worst is the first.
  return ok(findings[0] === undefined ? 0 : doctorExitCodes[findings[0].severity])
}

export function examinationLines({ findings, unread }: Examination, words: Words): string[] {
  const { cli, language } = words
  const said = doctorOf(language)
  const count = (severity: Finding['severity']) => findings.filter((one) => one.severity === severity).length
  return [
    ...findings.flatMap((finding) => findingLines(finding, words)),
    findings.length === 0 ? said.nothing : said.sum(count('error'), count('warning'), count('hint')),
    ...unread.map(({ fact, why }) => cli.pair(said.unread, `${said.facts[fact]} (${why})`)),
  ]
}

function findingLines({ rule, severity, evidence }: Finding, { cli, language }: Words): string[] {
  const said = doctorOf(language)
  const { title, cause, fix } = said.rules[rule]
  return [
    cli.pair(said.severities[severity], title),
    `  ${cli.pair(said.cause, cause)}`,
    `  ${cli.pair(said.fix, fix)}`,
    ...evidence.map((line) => `  ${cli.pair(said.evidence, line)}`),
  ]
}
