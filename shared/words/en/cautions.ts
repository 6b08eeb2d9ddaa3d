// English: what a plan warns of.
import type { CautionWords } from '../caution-words.ts'

import { whose } from './whose.ts'

export const cautions: CautionWords = {
  whose,
  fitIgnored: (service, need, available) =>
    `Warning: ${service} needs ${need} by the sum of its memory, and there is ${available}. Somebody chose to install it all the same: it may not start, or take the memory of others.`,
  mayIgnoreFit: (service) => `Whoever knows better: --ignore-fit ${service} makes this refusal of memory a warning.`,
  held: (service, parts) =>
    `${service} has not taken its place yet: ${parts} run in the new version and wait for it. They do not start with the server, and the version before is kept aside.`,
  heldNext: 'Set it up again: that goes on where it stopped, and ends with all of it in one version.',
  idle: (count, product) =>
    `Note: ${count} × ${product} of this server stay unused: every model of this plan runs on the processor. The bundle has nothing for them.`,
  knownIssue: (service, text, workaround) =>
    `Known issue of ${service}: ${text}${workaround === undefined ? '' : ` What helps: ${workaround}`}`,
}
