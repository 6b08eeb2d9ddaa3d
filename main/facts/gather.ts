// Asks an appliance everything in one round trip: one script out, frames back. As root, because
// drivers, processes behind ports and the engine only show themselves to root; as the login where
// sudo is refused, so that a first look works before privilege is set up.
import type { Privilege, Script } from '../../shared/domain/command.ts'
import type { Connection, RunOutcome } from '../../shared/domain/connection.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { assembleFacts, type Snapshot, usualProbes } from '../../shared/facts/assemble.ts'
import { readFrames } from '../../shared/facts/frames.ts'
import type { Probe } from '../../shared/facts/probe.ts'
import { factsScript } from '../../shared/facts/script.ts'

export type GatherOptions = {
  readonly now: () => Date
  /** 16 to 64 letters and digits, new at every call. */
  readonly nonce: () => string
  /** Default: the usual ones. */
  readonly probes?: readonly Probe[]
}

/** The script ends by itself after this; the slowest probe (15 s and 2 s until KILL) fits inside. */
const scriptSeconds = 18
/** For the channel, sudo (whose PAM may take 15 s) and the answer's way back, on top of the script's own deadline. */
const linkSeconds = 20
/** Every probe's stdout and stderr at their limits come back. */
const outputLimitBytes = 32 * 1024 * 1024

/**
 * One snapshot. Fails with what the connection says, or with facts-unreadable when no answer could
 * be read; a probe that fails makes its own facts unreadable, not the snapshot.
 */
export async function gatherFacts(connection: Connection, options: GatherOptions): Promise<Result<Facts>> {
  const snapshot = await gatherAnswers(connection, options)
  return snapshot.ok ? ok(assembleFacts(snapshot.value)) : snapshot
}

/** The answers themselves, before anybody read them. Fails as gatherFacts does. */
export async function gatherAnswers(connection: Connection, options: GatherOptions): Promise<Result<Snapshot>> {
  const asRoot = await gatherAs(connection, 'root', options)
  if (asRoot.ok || asRoot.failure.kind !== 'sudo-refused') return asRoot
  return gatherAs(connection, 'login', options)
}

/** The script as it is sent. */
export function factsScriptOf(probes: readonly Probe[], asked: { nonce: string; privilege: Privilege }): Script {
  return factsScript(probes, { ...asked, deadlineSeconds: scriptSeconds })
}

async function gatherAs(
  connection: Connection,
  privilege: Privilege,
  options: GatherOptions,
): Promise<Result<Snapshot>> {
  const probes = options.probes ?? usualProbes
  const nonce = options.nonce()
  const script = factsScriptOf(probes, { nonce, privilege })
  const ran = await connection.run(script, {
    as: privilege,
    deadlineSeconds: scriptSeconds + linkSeconds,
    outputLimitBytes,
  })
  if (!ran.ok) return ran
  const answers = readFrames(ran.value.stdout, nonce)
  if (answers.size === 0) return fail({ kind: 'facts-unreadable', detail: silenceOf(ran.value) })
  return ok({ takenAt: options.now().toISOString(), privilege, probes, answers })
}

function silenceOf(outcome: RunOutcome): string {
  const said = evidence(outcome.stderr) || evidence(outcome.stdout) || 'the script printed nothing'
  return `exit ${outcome.exitCode}: ${said}`
}
