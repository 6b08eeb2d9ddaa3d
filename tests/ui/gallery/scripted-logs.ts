// Logs of a server as a page sees them: none, some that go on, a hostile one, a link that is lost and back.
import type { LogEvent, LogLine } from '../../../shared/domain/log.ts'
import { shownLines } from '../../../shared/domain/log-text.ts'
import { answers, flows, type Script, streams } from './pretend-console.ts'

const beganMs = Date.parse('2026-11-22T08:40:00.000Z')

export const logSources = answers([
  { container: 'rackside-qwen3-32b', deployment: 'qwen3-32b', isUp: true },
  { container: 'rackside-qwen3-32b-previous', deployment: 'qwen3-32b', isUp: false },
  { container: 'rackside-ward-notes', deployment: 'ward-notes', isUp: true },
])

export function lineAt(number: number, text: string, more: Partial<LogLine> = {}): LogLine {
  return { atMs: beganMs + number * 137, stream: 'stdout', text: shownLines(text)[0] ?? '', ...more }
}

export function linesOf(...lines: LogLine[]): LogEvent {
  const place = { at: '2026-11-22T08:40:00.000000000Z', messages: lines.length }
  return { event: 'lines', lines, place }
}

const requests = Array.from({ length: 60 }, (_, at) =>
  lineAt(at + 8, `INFO:     127.0.0.1:${41_000 + at * 7} - "POST /v1/chat/completions HTTP/1.1" 200 OK`),
)

const beginning = [
  lineAt(0, 'INFO 11-22 08:40:00 [__init__.py:235] Automatically detected platform ascend.'),
  lineAt(1, '\u001b[32mINFO\u001b[0m 11-22 08:40:02 [model_runner.py:1136] Loading model weights took 61.02 GB'),
  lineAt(2, 'WARNING: the clock of this host is 3 s ahead', { stream: 'stderr' }),
  lineAt(3, `prompt: ${'患者主诉发热三天，伴咳嗽。'.repeat(12)}`),
  lineAt(4, 'title \u001b]0;I am root\u0007 and \u202egnp.exe, \u001b[2J\u001b[6n then done'),
  lineAt(5, `long ${'0123456789'.repeat(40)}`, { cutBytes: 1_048_112 }),
  lineAt(6, 'Traceback (most recent call last):', { stream: 'stderr' }),
]

const open: LogEvent = { event: 'open' }

export const logsFollowing: NonNullable<Script['logs']> = {
  sources: logSources,
  follow: streams([open, linesOf(...beginning), linesOf(...requests)]),
}

export const logsHostile: NonNullable<Script['logs']> = {
  sources: logSources,
  follow: streams([open, linesOf(...beginning)]),
}

export const logsEmpty: NonNullable<Script['logs']> = { sources: logSources, follow: streams([open]) }

export const logsNone: NonNullable<Script['logs']> = { sources: answers([]) }

/** A hundred thousand lines, each message a task of its own, as a link brings them. */
async function* flood(): AsyncGenerator<LogEvent, void> {
  yield open
  for (let at = 0; at < 100_000; at += 500) {
    await new Promise((resolve) => setTimeout(resolve))
    yield linesOf(
      ...Array.from({ length: 500 }, (_, one) => lineAt(at + one, `line ${at + one} ${'x'.repeat(one % 160)}`)),
    )
  }
  await new Promise(() => undefined)
}

export const logsFlood: NonNullable<Script['logs']> = { sources: logSources, follow: flows(flood) }

export const logsLost: NonNullable<Script['logs']> = {
  sources: logSources,
  follow: streams([
    open,
    linesOf(...requests.slice(0, 6)),
    {
      event: 'lost' as const,
      failure: { kind: 'link-lost' as const, host: '10.78.0.11', port: 22, during: 'docker logs' },
    },
    open,
    linesOf(...requests.slice(6, 9)),
    { event: 'stopped' as const },
  ]),
}
