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
  'operators provider': [['', 'the identity provider by which windows in a browser sign in (OpenID Connect)']],
  'operators set-provider': [
    ['ISSUER --client-id ID', 'ask this one; with a client secret where it wants one, which goes into the vault'],
  ],
  'operators test-provider': [['', 'whether it answers as one']],
  'operators remove-provider': [['', 'by name and passphrase alone; whoever came by it is signed out']],
  'operators bind': [['NAME SUBJECT', 'who NAME is at the provider, as it names people for ever (sub)']],
  'operators unbind': [['NAME', 'not by the provider any more']],
  approvals: [['[list]', 'plans that wait for a second person, and what was said']],
  'approvals list': [],
  'approvals ask': [['PLAN', 'have a second person look at a plan before it is applied']],
  'approvals give': [['PLAN --digest DIGEST', 'approve of exactly that']],
  'approvals refuse': [['PLAN', 'it must not be applied']],
} as const satisfies Partial<HelpWords['commands']>

export const operatorOptions = {
  role: ['ROLE', 'operators: viewer, operator, approver, vendor, auditor or administrator; may be repeated'],
  'grant-publisher': ['ID', 'of a vendor: whose bundles; may be repeated'],
  'grant-appliance': ['NAME', 'of a vendor: on which saved appliance; may be repeated'],
  'idle-minutes': ['N', 'operators policy: a window that nobody touches is locked, 1 to 120'],
  'longest-hours': ['N', 'operators policy: a sign-in ends, 1 to 24'],
  'two-persons': ['on|off', 'operators policy: a second person approves before a plan is applied'],
  'client-id': ['ID', 'operators set-provider: as whom the provider knows this console'],
  'client-secret-fd': [
    'N',
    'its client secret, from file descriptor N (0: standard input); none where this is left out',
  ],
  'client-secret-file': ['FILE', 'the same from a file that is readable by you alone (chmod 600)'],
  authority: ['FILE', 'operators set-provider: certificate of the authority of the site, in PEM'],
  note: ['TEXT', 'approvals: why, for the other person'],
  digest: ['DIGEST', 'approvals give: as "approvals" shows it'],
} as const satisfies Partial<HelpWords['options']>
