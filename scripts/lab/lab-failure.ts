// The lab's expected failures: each has a stable code and one sentence that says what to do.
// Anything else that is thrown is a bug and shows its stack.

export type LabFailureCode =
  | 'usage'
  | 'not-root'
  | 'host-package-missing'
  | 'package-vanished'
  | 'mirror-unreachable'
  | 'base-build-failed'
  | 'unknown-appliance'
  | 'appliance-stopped'
  | 'appliance-never-ready'
  | 'lab-in-use'
  | 'host-command-failed'
  | 'input-missing'
  | 'record-unreadable'

export class LabFailure extends Error {
  readonly code: LabFailureCode

  constructor(code: LabFailureCode, message: string) {
    super(message)
    this.name = 'LabFailure'
    this.code = code
  }
}
