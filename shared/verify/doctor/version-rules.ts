// What this console knows of the versions that run: its publishers' own words, which no appliance has.
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
]
