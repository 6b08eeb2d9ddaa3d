// English: what happened, and what to do next, where a person is not known, or may not do what they asked for.
import type { Right } from '../../domain/role.ts'
import type { OperatorFailureWords } from '../failure-words.ts'
import { providerFailures } from './provider-failures.ts'

const ended = {
  never: 'Nobody is signed in here.',
  idle: 'The sign-in has ended: nobody did anything for a while.',
  'too-long': 'The sign-in has ended: it lasted as long as one may.',
  ended: 'The sign-in has ended.',
  changed: 'The sign-in has ended: an administrator changed this operator.',
}

const holders: Readonly<Record<Right, string>> = {
  anybody: 'anybody',
  member: 'whoever is signed in',
  look: 'any role but vendor',
  'look-granted': 'any role, a vendor with a grant',
  operate: 'operator',
  deliver: 'operator, or vendor with a grant',
  approve: 'approver',
  audit: 'auditor',
  administer: 'administrator',
}

const beyond = {
  appliance: (name: string) => `Your vendor grant does not cover the appliance ${name}.`,
  publisher: (name: string) => `Your vendor grant does not cover what ${name} publishes.`,
  act: (name: string) => `A vendor is not allowed to do this: ${name}.`,
}

const approvals = {
  'not-asked': 'A second person has to approve this plan before it is applied, and nobody was asked yet.',
  waiting: 'A second person has to approve this plan, and has not done so yet.',
  refused: 'A second person refused this plan.',
  expired: 'The approval of this plan is too old.',
  own: 'Nobody approves of a plan that they asked for themselves.',
  'own-word': 'Whoever approved of a plan does not apply it.',
  'too-many': 'Too many plans of yours wait for an approval already.',
}

const approvalsNext = {
  'not-asked': 'Ask for an approval; somebody else with the role approver gives it. Nothing was done.',
  waiting: 'Wait for that person, or speak to them. Nothing was done.',
  refused: 'The reason stands with the approvals. Change the plan, or ask again. Nothing was done.',
  expired: 'Ask for an approval anew. Nothing was done.',
  own: 'Another approver has to look at it. Nothing was done.',
  'own-word': 'Somebody else applies it. Nothing was done.',
  'too-many': 'Wait until some of them are answered.',
}

const problems = {
  unknown: (name: string) => `There is no operator ${name}.`,
  taken: (name: string) => `There is an operator ${name} already.`,
  'last-administrator': (name: string) => `${name} is the only administrator who can sign in.`,
  'not-begun': () => 'This console has no named operators yet.',
  'begun-already': () => 'This console has named operators already.',
  'grant-missing': (name: string) => `${name} is to be a vendor, and no publisher or no appliance is granted.`,
  'grant-not-for-role': (name: string) => `${name} is no vendor: a grant means nothing there.`,
  'own-name': (name: string) => `${name} is you.`,
  'same-passphrase': () => 'The new passphrase is the old one.',
  'too-many': () => 'There are as many operators as this console keeps.',
  'subject-taken': (name: string) => `That person at the identity provider is ${name} already.`,
}

const problemsNext = {
  unknown: 'Look at the list of operators, and mind capital letters.',
  taken: 'Choose another name, or change that operator.',
  'last-administrator': 'Make somebody else an administrator first. Nothing was changed.',
  'not-begun': 'Begin with an administrator: Settings, Operators.',
  'begun-already': 'Sign in as an administrator and add others.',
  'grant-missing': 'Name at least one publisher and one saved appliance.',
  'grant-not-for-role': 'Give the role vendor, or leave the grant out.',
  'own-name': 'Ask another administrator. Nothing was changed.',
  'same-passphrase': 'Choose another one.',
  'too-many': 'Remove operators who have left.',
  'subject-taken': 'Unbind that operator first. Nothing was changed.',
}

export const operatorFailures: OperatorFailureWords = {
  'sign-in-needed': (f) => ({ what: ended[f.why], next: 'Sign in with your name and passphrase. What runs goes on.' }),
  'sign-in-refused': () => ({
    what: 'Name and passphrase do not belong together.',
    next: 'Try again. After five failures the name is locked for five minutes.',
  }),
  'sign-in-locked': (f) => ({
    what: 'This name is locked after several wrong passphrases.',
    next: `Try again in ${f.seconds} s, or ask an administrator to unlock it.`,
  }),
  'sign-in-busy': (f) => ({
    what: 'Too many sign-ins are being tried at the same time.',
    next: `Try again in ${f.seconds} s.`,
  }),
  'passphrase-change-needed': () => ({
    what: 'Your passphrase was set by somebody else.',
    next: 'Change it to one that only you know. Everything else comes after that.',
  }),
  'not-permitted': (f) => ({
    what: `Your roles do not allow this (${f.call}).`,
    next: `It needs: ${f.needs.map((one) => holders[one]).join(', ')}. Ask an administrator. Nothing was done.`,
  }),
  'not-granted': (f) => ({
    what: beyond[f.what](f.name),
    next: 'Ask an administrator of the hospital to extend the grant. Nothing was done.',
  }),
  'step-up-needed': () => ({
    what: 'This cannot be undone, shows a secret, or decides what others may do: your passphrase is asked for once more.',
    next: 'Type it, and the same act goes on. It counts for five minutes.',
  }),
  'second-person-needed': (f) => ({
    what: approvals[f.why],
    next: approvalsNext[f.why],
  }),
  'operator-unusable': (f) => ({ what: problems[f.problem](f.name), next: problemsNext[f.problem] }),
  ...providerFailures,
}
