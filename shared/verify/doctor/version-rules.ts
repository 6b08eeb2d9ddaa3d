// What the versions that run bring with them: what their publishers have said of them since, which no appliance has, and
// passwords that everybody knows.
import { stillPublished } from '../published-sign-in.ts'
import type { Rule } from './rule.ts'

export const versionRules: readonly Rule[] = [
  {
    id: 'version-taken-back',
    severity: 'warning',
    match: (_facts, { takenBack }) =>
      takenBack.map(
        ({ deployment, entry, version, publisher, since, reason }) =>
          `${deployment}: ${entry} ${version}, ${publisher} ${since}: ${reason.en} / ${reason['zh-CN']}`,
      ),
  },
  {
    id: 'parts-held',
    severity: 'warning',
    match: (_facts, { held = [] }) => held.map(({ part, of }) => `${part}: ${of}`),
  },
  {
    id: 'sign-in-published',
    severity: 'warning',
    match: (facts) => stillPublished(facts).map(({ deployment, user }) => `${deployment}: ${user}`),
  },
]
