// The stable exit codes of the CLI. A number never changes its meaning; a new failure kind gets a number
// of its own here, and does not compile without one. `rackside --help` explains them.
import type { FailureKind } from '../../shared/domain/failure.ts'
import type { VerdictState } from '../../shared/domain/verdict.ts'

export const exitCodes: { readonly [K in FailureKind]: number } = {
  internal: 1,
  usage: 2,
  cancelled: 3,
  'approval-needed': 4,
  'input-invalid': 5,
  'host-unresolved': 10,
  'host-unreachable': 11,
  'host-key-unknown': 12,
  'host-key-changed': 13,
  'host-key-mismatch': 14,
  'login-refused': 15,
  'identity-unusable': 16,
  'algorithms-refused': 17,
  'link-lost': 18,
  'deadline-passed': 19,
  'sudo-refused': 20,
  'shell-unusable': 21,
  'forwarding-refused': 22,
  'http-failed': 23,
  'facts-unreadable': 30,
  'fact-missing': 31,
  'engine-missing': 32,
  'engine-unreadable': 33,
  'systemd-missing': 34,
  'no-variant-fits': 35,
  'memory-too-small': 36,
  'disk-too-small': 37,
  'port-taken': 38,
  'bundle-unusable': 40,
  'bundle-unknown': 41,
  'catalog-invalid': 42,
  'solution-unknown': 43,
  'entry-unknown': 44,
  'artifact-missing': 45,
  'plan-unknown': 50,
  'plan-outdated': 51,
  'run-in-progress': 52,
  'disk-full': 53,
  'artifact-damaged': 54,
  'step-failed': 55,
  'not-ready': 56,
  'lock-lost': 57,
  'appliance-unknown': 60,
  'credential-unknown': 61,
  'state-too-new': 62,
  'state-unwritable': 63,
  'audit-unwritable': 64,
  'owner-gone': 65,
  'console-lost': 66,
  'window-refused': 67,
  'port-busy': 68,
  'no-browser': 69,
  'desktop-unavailable': 74,
}

/** A second Ctrl-C in a run: what shells themselves say of a command that Ctrl-C ended. */
export const interruptedExitCode = 130

/** When the command itself worked and the answer is a verdict. */
export const verdictExitCodes: { readonly [K in VerdictState]: number } = {
  healthy: 0,
  degraded: 70,
  down: 71,
  unknown: 72,
  stale: 73,
}
