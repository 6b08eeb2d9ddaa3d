// What the CLI says of operators, sign-ins and approvals.
import type { ApprovalState } from '../domain/approval.ts'
import type { Role } from '../domain/role.ts'

export type OperatorWords = {
  readonly roles: { readonly [R in Role]: string }
  readonly typePassphrase: string
  readonly typeOld: string
  readonly notNamed: string
  readonly signedIn: (name: string, roles: string, until: string) => string
  readonly mustChange: string
  readonly signedOut: string
  readonly nobody: string
  readonly begun: (name: string) => string
  readonly added: (name: string) => string
  readonly changed: (name: string) => string
  readonly removed: (name: string) => string
  readonly unlocked: (name: string) => string
  readonly reset: (name: string) => string
  readonly passphraseChanged: string
  readonly ended: string
  readonly lastSignIn: string
  readonly never: string
  readonly lockedUntil: (until: string) => string
  readonly grants: (publishers: string, appliances: string) => string
  readonly policy: (idleMinutes: number, longestHours: number) => string
  readonly twoPersons: (on: boolean) => string
  readonly provider: {
    readonly none: string
    readonly is: (issuer: string, clientId: string) => string
    readonly secretKept: string
    readonly noSecret: string
    readonly ownAuthority: string
    readonly comesBack: (address: string) => string
    readonly answers: (issuer: string) => string
    readonly removed: string
    readonly bound: (name: string, subject: string) => string
    readonly unbound: (name: string) => string
    readonly typeSecret: string
  }
  /** Who an operator is at the identity provider. */
  readonly boundTo: (issuer: string, subject: string) => string
  readonly approvalStates: { readonly [S in ApprovalState]: string }
  readonly askedBy: (name: string, at: string) => string
  readonly decidedBy: (name: string, at: string) => string
  readonly asked: (subject: string) => string
  readonly given: (subject: string) => string
  readonly refused: (subject: string) => string
  readonly digest: string
  /** After a refusal for want of the passphrase. */
  readonly stepUpHere: string
  /** After one for want of a second person. */
  readonly askHere: (command: string) => string
}
