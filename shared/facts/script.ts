// Builds the one script that asks an appliance everything in one round trip. The shell parses it as a
// whole before it runs the first command, so a script that arrives cut does nothing.
import type { Privilege, Script } from '../domain/command.ts'
import { quoteWord } from '../domain/quote.ts'
import { scriptHead } from '../domain/script-head.ts'
import type { Probe, ProbeGroup } from './probe.ts'
import { groupBody, groupHead, prelude, runProbes, setAlarm, setUp, takePlace } from './script-body.ts'

export type ScriptOptions = {
  /** 16 to 64 letters and digits, new for every script: marks the frames. */
  readonly nonce: string
  /** Decides where pids of hung vendor tools are recorded: /run/rackside/probes or the login's own folder. */
  readonly privilege: Privilege
  /** Seconds until the script prints what it has and ends, whatever the probes do. */
  readonly deadlineSeconds: number
}

/** Seconds between TERM and KILL that `timeout -k` leaves a tool. */
const graceSeconds = 2

/** Throws on a probe id or nonce that is not plain, on two probes with one id, and on a member of a group that would `exec` a program: bugs, not input. */
export function factsScript(probes: readonly Probe[], options: ScriptOptions): Script {
  const ids = checkedIds(probes, options.nonce)
  const text = [
    `${scriptHead({ block: 'facts', nonce: options.nonce, ids })}facts() {`,
    `nonce=${options.nonce} privilege=${options.privilege} deadline=${whole(options.deadlineSeconds)}`,
    `prelude=${quoteWord(prelude)}`,
    `group_head=${quoteWord(groupHead)}`,
    `group_body=${quoteWord(groupBody)}`,
    setUp,
    runProbes,
    setAlarm,
    takePlace,
    ...startLines(probes, options.deadlineSeconds),
    'wait_for_all; kill_rest; forget_ended_tools; print_frames',
    '}',
    'facts </dev/null',
    '',
  ]
  return { name: 'facts', text: text.join('\n') }
}

/** The probes' ids. Throws as factsScript says. */
export function checkedIds(probes: readonly Probe[], nonce: string): string[] {
  const ids = probes.map((probe) => probe.id)
  if (!/^[A-Za-z0-9]{16,64}$/.test(nonce)) throw new Error('a nonce is 16 to 64 letters and digits')
  if (ids.some((id) => !/^[a-z0-9][a-z0-9.-]{0,59}$/.test(id)))
    throw new Error('a probe id is lower case, digits, "." and "-"')
  if (probes.some(({ group, shell }) => group !== undefined && /(?:^|[\n;&|{(])\s*exec\s+[^0-9\s]/.test(shell)))
    throw new Error('a member of a group ends with its own shell')
  if (new Set(ids).size !== ids.length) throw new Error('two probes have the same id')
  return ids
}

/** A group starts where its first member stands. */
function startLines(probes: readonly Probe[], deadlineSeconds: number): string[] {
  const groups = new Set<ProbeGroup>()
  return probes.flatMap((probe) => {
    const { group } = probe
    if (group === undefined) return [startLine(probe, deadlineSeconds)]
    if (groups.has(group)) return []
    groups.add(group)
    const members = probes.filter((one) => one.group === group)
    return [...members.map(memberLine), groupLine(group, deadlineSeconds)]
  })
}

function startLine(probe: Probe, deadlineSeconds: number): string {
  const seconds = within(probe.deadlineSeconds, deadlineSeconds)
  return `start ${probe.id} ${seconds} ${probe.tool === true ? 'tool' : 'plain'} ${quoteWord(probe.shell)} ${quoteWord(probe.when ?? '')}`
}

function memberLine({ id, shell, when = '' }: Probe): string {
  return `member ${id} ${quoteWord(shell)} ${quoteWord(when)}`
}

function groupLine(group: ProbeGroup, deadlineSeconds: number): string {
  return `start_group ${group.id} ${within(group.deadlineSeconds, deadlineSeconds)} ${quoteWord(group.opening)}`
}

/** A probe's own deadline ends, KILL included, before the script's: so a hung tool is told from a slow script. */
function within(seconds: number, deadlineSeconds: number): number {
  return Math.max(1, Math.min(whole(seconds), whole(deadlineSeconds) - graceSeconds))
}

function whole(seconds: number): number {
  return Math.max(1, Math.ceil(seconds))
}
