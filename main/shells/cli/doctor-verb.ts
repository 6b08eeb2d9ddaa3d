// `rackside doctor`: what is wrong with an appliance, why, and what helps. Its exit code tells scripts how bad it is.
import type { Target } from '../../../shared/contract/contract.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { Examination, Finding } from '../../../shared/domain/finding.ts'
import { doctorOf } from '../../../shared/words/doctor.ts'
import { fixText } from '../../../shared/words/doctor-fix.ts'
import type { Words } from '../../../shared/words/words.ts'
import { doctorExitCodes } from '../../terminal/exit-codes.ts'
import { flat, type VerbWork } from './work.ts'

export async function doctor({ client, terminal, words }: VerbWork, target: Target): Promise<Result<number>> {
  const examined = await flat('appliances.doctor', client.product.appliances.doctor({ target }))
  if (!examined.ok) return examined
  const { takenAt, findings, unread } = examined.value
  const where = whereText(target)
  for (const line of examinationLines(examined.value, words, where)) terminal.say(line)
  const told = findings.map((finding) => {
    return { ...finding, ...doctorOf(words.language).rules[finding.rule], fix: fixText(finding, where, words.language) }
  })
  terminal.result({ takenAt, findings: told, unread })
  // The worst is the first.
  return ok(findings[0] === undefined ? 0 : doctorExitCodes[findings[0].severity])
}

function whereText(target: Target): string {
  if (target.by === 'name') return target.name
  if (target.by !== 'address') return 'local'
  const { user, host, port } = target.address
  return `ssh://${user}@${host.includes(':') ? `[${host}]` : host}:${port}`
}

export function examinationLines({ findings, unread }: Examination, words: Words, where: string): string[] {
  const { cli, language } = words
  const said = doctorOf(language)
  const count = (severity: Finding['severity']) => findings.filter((one) => one.severity === severity).length
  return [
    ...findings.flatMap((finding) => findingLines(finding, words, where)),
    findings.length === 0 ? said.nothing : said.sum(count('error'), count('warning'), count('hint')),
    ...unread.map(({ fact, why }) => cli.pair(said.unread, `${said.facts[fact]} (${why})`)),
  ]
}

function findingLines(finding: Finding, { cli, language }: Words, where: string): string[] {
  const { rule, severity, evidence } = finding
  const said = doctorOf(language)
  const { title, cause } = said.rules[rule]
  return [
    cli.pair(said.severities[severity], title),
    `  ${cli.pair(said.cause, cause)}`,
    `  ${cli.pair(said.fix, fixText(finding, where, language))}`,
    ...evidence.map((line) => `  ${cli.pair(said.evidence, line)}`),
  ]
}
