// Certificates of ways in, before people's browsers refuse them.
import { certificateDaysLeft, certificateEndsDays, certificateEndsNowDays } from '../../domain/certificate.ts'
import type { Facts } from '../../domain/facts.ts'
import { type ServedCertificate, servedCertificates } from '../../domain/served-certificate.ts'
import type { Rule } from './rule.ts'

export const certificateRules: readonly Rule[] = [
  {
    id: 'certificate-ends-now',
    severity: 'error',
    match: (facts) => endsWithin(facts, (days) => days <= certificateEndsNowDays),
  },
  {
    id: 'certificate-ends',
    severity: 'warning',
    match: (facts) => endsWithin(facts, (days) => days > certificateEndsNowDays && days <= certificateEndsDays),
  },
]

function endsWithin(facts: Facts, matches: (days: number) => boolean): string[] {
  return servedCertificates(facts)
    .filter((one) => matches(certificateDaysLeft(one, facts.takenAt)))
    .map(lineOf)
}

function lineOf({ deployment, path, by, until }: ServedCertificate): string {
  return `${deployment}: ${path}/server.crt (${by}): notAfter=${until}`
}
