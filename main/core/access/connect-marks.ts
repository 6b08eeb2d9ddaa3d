// From what a dial reports to the steps of a connection test: each step once and in order, the one that failed
// found from how far the dial had come.

import { addressText } from '../../../shared/domain/appliance.ts'
import type { ConnectFact, ConnectStep, ConnectStepName } from '../../../shared/domain/connect-step.ts'
import type { Failure, FailureKind } from '../../../shared/domain/failure.ts'
import { fingerprintOf } from '../../connect/known-hosts.ts'
import type { ConnectStage } from '../../connect/ssh.ts'
import { isLocal, type Opening } from './opening.ts'

export type ConnectMarks = {
  /** What a dial reports on its way. */
  reached(stage: ConnectStage): void
  /** The dial failed; the rest is shown as not tried. */
  notConnected(failure: Failure): void
  /** The dial is done: steps it did not report had nothing to try. */
  connected(): void
  passed(step: ConnectStepName, fact: ConnectFact): void
  failed(step: ConnectStepName, failure: Failure): void
  skipped(step: ConnectStepName): void
}

/** Steps in the order in which they are tried. */
type Planned = { readonly step: ConnectStepName; readonly at: string }

const afterJumps = ['resolve', 'connect', 'host-key', 'login', 'privilege', 'shell'] as const

/** Found out on this computer, before anything is dialled. */
const beforeDialling: ReadonlySet<FailureKind> = new Set([
  'credential-unknown',
  'identity-unusable',
  'agent-unusable',
  'vault-locked',
  'vault-missing',
  'vault-damaged',
  'keychain-unusable',
])

export function connectMarks(opening: Opening, clock: () => number, show: (step: ConnectStep) => void): ConnectMarks {
  const { address } = opening
  const left = plannedFor(opening)
  let since = clock()
  let accepted: Extract<ConnectStage, { kind: 'key-accepted' }>['offered'] | undefined
  const isLeft = (step: ConnectStepName): boolean => left.some((one) => one.step === step)

  /** Everything before it that was not tried is shown as that. */
  function take(step: ConnectStepName): Planned | undefined {
    if (!isLeft(step)) return undefined
    for (;;) {
      const next = left.shift()
      if (next === undefined || next.step === step) return next
      show({ ...next, state: 'skipped' })
    }
  }

  function milliseconds(): number {
    const before = since
    since = clock()
    return Math.max(0, since - before)
  }

  function passed(step: ConnectStepName, fact: ConnectFact): void {
    const taken = take(step)
    if (taken !== undefined) show({ ...taken, state: 'ok', milliseconds: milliseconds(), fact })
  }

  function failed(step: ConnectStepName, failure: Failure): void {
    const taken = take(step) ?? left.shift()
    if (taken !== undefined) show({ ...taken, state: 'failed', milliseconds: milliseconds(), failure })
    for (const next of left.splice(0)) show({ ...next, state: 'skipped' })
  }

  /** An address of the network needs no name service; behind a jump host only the jump host asks one. */
  function nothingToResolve(): void {
    if (opening.via === undefined) passed('resolve', { about: 'network-address', networkAddress: address.host })
  }

  function failingStep({ kind }: Failure): ConnectStepName {
    const isFarAway = !beforeDialling.has(kind)
    if (isFarAway && isLeft('jump')) return 'jump'
    if (kind === 'host-unresolved' || (isLeft('connect') && isFarAway)) {
      return kind === 'host-unresolved' ? 'resolve' : 'connect'
    }
    return isLeft('host-key') && isFarAway ? 'host-key' : 'login'
  }

  return {
    ...{ passed, failed },
    skipped(step) {
      const taken = take(step)
      if (taken !== undefined) show({ ...taken, state: 'skipped' })
    },
    reached(stage) {
      if (stage.kind === 'jumped') {
        const { host, port } = stage.through
        passed('jump', { about: 'port', host, port })
      } else if (stage.kind === 'resolved') {
        passed('resolve', { about: 'network-address', networkAddress: stage.networkAddress })
      } else if (stage.kind === 'connected') {
        nothingToResolve()
        passed('connect', { about: 'port', host: address.host, port: address.port })
      } else if (stage.kind === 'key-accepted') accepted = stage.offered
      else if (stage.kind === 'agreed' && accepted !== undefined) {
        const { algorithms, weak } = stage
        const shown = { keyType: accepted.type, fingerprint: fingerprintOf(accepted.blob) }
        passed('host-key', { about: 'host-key', ...shown, algorithms: [...algorithms], weak: [...weak] })
      } else if (stage.kind === 'logged-in') {
        passed('login', { about: 'login', user: address.user, method: stage.method })
      }
    },
    notConnected(failure) {
      const step = failingStep(failure)
      if (step === 'connect') nothingToResolve()
      failed(step, failure)
    },
    connected() {
      while (left[0] !== undefined && left[0].step !== 'privilege') {
        const next = left.shift()
        if (next !== undefined) show({ ...next, state: 'skipped' })
      }
    },
  }
}

function plannedFor(opening: Opening): Planned[] {
  const jumps = (opening.via ?? []).map(({ address }) => ({ step: 'jump' as const, at: addressText(address) }))
  const at = isLocal(opening) ? 'local' : addressText(opening.address)
  return [...jumps, ...afterJumps.map((step) => ({ step, at }))]
}
