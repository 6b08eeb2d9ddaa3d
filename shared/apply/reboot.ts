// Step kind: the appliance was started anew since a package was installed that works only then. Rackside starts no
// server anew by itself: the run ends here, and the next one goes on behind this step. The sign lies where a reboot
// takes it away.

import type { StepSpecOf } from '../domain/plan.ts'
import { quoteWord } from '../domain/quote.ts'
import { remoteReboots } from '../domain/remote-layout.ts'
import { answerTo } from './host-answer.ts'
import { notRead } from './host-truth.ts'
import type { StepKind } from './step-kind.ts'

const question = (spec: StepSpecOf<'reboot'>): string =>
  `if [ -e ${quoteWord(`${remoteReboots}/${spec.package}`)} ]; then echo pending; else echo none; fi`

export const rebootStep: StepKind<'reboot'> = {
  kind: 'reboot',
  asks: ['host'],
  by: 'person',
  look: question,
  isTrue(spec, facts) {
    const answer = answerTo(question(spec), facts)
    const said = answer.state === 'known' ? answer.value.trim() : undefined
    if (said === 'none') return { holds: true, reason: 'no-reboot-pending' }
    return said === 'pending' ? { holds: false, reason: 'reboot-pending' } : notRead
  },
  leaves: (spec) => ({ kind: 'reboot-needed', package: spec.package }),
}
