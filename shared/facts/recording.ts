// A snapshot of answers as a recording, without what must not leave the hospital; and back as the frames that the
// facts script would print.

import { valueOr } from '../domain/reading.ts'
import type { RecordedAnswer, Recording } from '../domain/recording.ts'
import type { Snapshot } from './assemble.ts'
import { frameOf } from './frames.ts'
import type { ProbeAnswer } from './probe.ts'
import { readSystem } from './system.ts'

/** Probes whose answers hold addresses. In any other text four numbers with dots are a version. */
const tellAddresses = new Set([
  ...['ports', 'docker-info', 'docker-version', 'containers', 'container-devices', 'networks', 'kernel-log'],
])

/** Words that stand before a value nobody else may read. */
const secretWord =
  /\b((?:[A-Za-z0-9]{1,40}[_-])?(?:password|passwd|passphrase|token|secret|api[_-]?key|access[_-]?key)["']?\s{0,3}[:=]\s{0,3}["']?)[^\s"',;]{1,500}/gi
const bearer = /\b(authorization:\s{0,3}(?:bearer|basic)\s{1,3})\S{1,2000}/gi
const privateKey = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,20000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g

/** `hidden`: names and addresses of the appliance and of whoever logs in there. An answer that came damaged is left out. */
export function recordingOf({ takenAt, privilege, answers }: Snapshot, hidden: readonly string[]): Recording {
  const own = valueOr(readSystem(answers).hostname, '')
  const names = [...hidden, own, own.split('.')[0] ?? ''].filter((name) => name.length > 1 && name !== 'localhost')
  const redact = redactor([...new Set(names)].sort((a, b) => b.length - a.length))
  const kept = [...answers.values()].filter(({ damage }) => damage === undefined)
  return {
    format: 1,
    takenAt,
    privilege,
    probes: kept.map((answer) => ({
      id: answer.id,
      state: answer.state,
      exitCode: valueOr(answer.exitCode, null),
      since: valueOr(answer.since, null),
      stdout: redact(answer.id, answer.stdout),
      stderr: redact(answer.id, answer.stderr),
    })),
  }
}

/** What the facts script prints on that appliance when it is asked for these probes. */
export function replayedText({ probes }: Recording, asked: { nonce: string; ids: readonly string[] }): string {
  const found = asked.ids.flatMap((id) => probes.filter((one) => one.id === id).slice(0, 1))
  return `${found.map((one) => frameOf(asked.nonce, answerOf(one))).join('')}\n${asked.nonce} done\n`
}

function answerOf({ exitCode, since, ...rest }: RecordedAnswer): ProbeAnswer {
  return {
    ...rest,
    exitCode:
      exitCode === null ? { state: 'unreadable', why: 'it has not ended' } : { state: 'known', value: exitCode },
    since: since === null ? { state: 'absent' } : { state: 'known', value: since },
    damage: undefined,
  }
}

/** The same address becomes the same one of the ranges that are kept for examples (RFC 5737, 3849, 7042). */
function redactor(names: readonly string[]): (id: string, text: string) => string {
  // Whole words: a host may be called "vm", and every processor says "kvm".
  const whole = names.map((name) => new RegExp(`(?<!\\w)${name.replaceAll(/[^\w-]/g, '\\$&')}(?!\\w)`, 'gi'))
  const seen = new Map<string, string>()
  const instead = (found: string, kind: string, make: (count: number) => string): string => {
    const key = `${kind} ${found}`
    const before = seen.get(key)
    if (before !== undefined) return before
    const made = make([...seen.keys()].filter((one) => one.startsWith(`${kind} `)).length + 1)
    seen.set(key, made)
    return made
  }
  const addressless = (text: string) =>
    text
      .replaceAll(/(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\w)/g, (address) =>
        isOfNobody(address) ? address : instead(address, 'v4', (count) => `192.0.2.${count % 256}`),
      )
      .replaceAll(/(?<![\w:.])[0-9a-f:]{6,39}(?![\w:.])/gi, (word) => {
        if (/^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(word))
          return instead(word.toLowerCase(), 'mac', (count) => `00:00:5e:00:53:${hexPair(count)}`)
        const isAddress = word.includes('::') || word.split(':').length === 8
        return isAddress ? instead(word.toLowerCase(), 'v6', (count) => `2001:db8::${count.toString(16)}`) : word
      })
  return (id, text) => {
    if (id === 'machine-id') return text.replaceAll(/\b[0-9a-f]{32}\b/gi, '00000000000000000000000000000001')
    const named = whole.reduce((rest, name) => rest.replaceAll(name, 'redacted'), text)
    const quiet = named
      .replaceAll(privateKey, '(a private key)')
      .replaceAll(bearer, '$1(redacted)')
      .replaceAll(secretWord, '$1(redacted)')
    return tellAddresses.has(id) ? addressless(quiet) : quiet
  }
}

function hexPair(count: number): string {
  return (count % 256).toString(16).padStart(2, '0')
}

/** This machine, every machine, and the engine's own bridge networks say nothing about anybody. */
function isOfNobody(address: string): boolean {
  return /^(?:127\.|0\.0\.0\.0$|255\.|172\.17\.)/.test(address)
}
