// English: the commands about who uses a console, as the help shows them.
import type { HelpWords } from '../help-words.ts'

export const operatorsHelp = {
  'sign-in': [['NAME', 'say who you are, where this console has named operators']],
  'sign-out': [['', 'end that']],
  operators: [['[list]', 'who may use this console, and as what']],
  'operators list': [],
  'operators begin': [['NAME', 'ask from now on who somebody is; NAME becomes the administrator']],
  'operators add': [['NAME --role ROLE …', 'another one, with a passphrase to change at the first sign-in']],
  'operators change': [['NAME --role ROLE …', 'other roles; signed out everywhere']],
  'operators remove': [['NAME', 'nobody signs in under that name any more']],
  'operators unlock': [['NAME', 'let somebody in again before five minutes have passed']],
  'operators reset': [['NAME', 'give somebody a passphrase, to change at the next sign-in']],
  'operators passphrase': [['', 'change your own']],
  'operators policy': [['', 'when windows lock, how long a sign-in lasts, whether a second person approves']],
  'operators end': [['', 'forget all operators: whoever uses this computer has everything']],
  'operators recover': [['NAME', 'where no administrator can sign in: a new passphrase for one; it is in the audit']],
  approvals: [['[list]', 'plans that wait for a second person, and what was said']],
  'approvals list': [],
  'approvals ask': [['PLAN', 'have a second person look at a plan before it is applied']],
  'approvals give': [['PLAN --digest DIGEST', 'approve of exactly that']],
  'approvals refuse': [['PLAN', 'it must not be applied']],
} as const satisfies Partial<HelpWords['commands']>
