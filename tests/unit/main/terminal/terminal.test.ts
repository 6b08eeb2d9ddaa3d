// The terminal against streams of the test: what may reach it, what a person answers, and readers that go away.
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { openTerminal } from '../../../../main/terminal/terminal.ts'

/** A screen remembers what was written; a keyboard is written to. */
function played(json: boolean, isTTY = true) {
  const stream = () => Object.assign(new PassThrough(), { isTTY, setRawMode: () => undefined })
  const streams = { stdin: stream(), stdout: stream(), stderr: stream() }
  const terminal = openTerminal(json, streams as unknown as NodeJS.Process)
  const text = (name: 'stdout' | 'stderr') => String(streams[name].read() ?? '')
  return { terminal, streams, text }
}

const hostile = 'a\u001b]0;x\u0007\u009b31mb\u007f\u202ec\u2066\r'
const harmless = 'a]0;x31mbc'

describe('what a server sent', () => {
  it.each([
    [false, 'stdout'],
    [true, 'stderr'],
  ] as const)('loses what could move the cursor (JSON: %s)', (json, name) => {
    const { terminal, text } = played(json)
    terminal.say(`${hostile}\n\tnext`)
    expect(text(name)).toBe(`${harmless}\n\tnext\n`)
    terminal.tick(`${hostile}\n`)
    expect(text(name)).toBe(`${harmless} `)
    terminal.say('x')
    expect(text(name)).toBe('\r\u001b[Kx\n')
  })

  it('loses it in failures too', () => {
    const { terminal, text } = played(false)
    terminal.complain(hostile)
    expect(text('stderr')).toBe(`${harmless}\n`)
  })

  it('is the same text in JSON, but escaped', () => {
    const { terminal, text } = played(true)
    terminal.result({ detail: hostile })
    const line = text('stdout')
    expect(line).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u)
    expect(JSON.parse(line)).toEqual({ detail: hostile })
  })
})

describe('a question', () => {
  it.each([
    ['yes\r', true],
    ['no\r', false],
    ['\r', false],
    ['\u0003', false],
    ['\u0004', false],
  ])('answered with %j is answered %s', async (typed, answer) => {
    const { terminal, streams } = played(false)
    const asked = terminal.confirm('Type yes: ')
    streams.stdin.write(typed)
    expect(await asked).toBe(answer)
  })

  it('is not asked where nobody can answer', async () => {
    expect(await played(false, false).terminal.confirm('Type yes: ')).toBeUndefined()
  })
})

describe('a reader that goes away', () => {
  it.each(['stdout', 'stderr'] as const)('from %s is no error; everything else is', (name) => {
    const { streams } = played(false)
    const broken = (code: string) => () => streams[name].emit('error', Object.assign(new Error(code), { code }))
    expect(broken('EPIPE')).not.toThrow()
    expect(broken('EPIPE')).not.toThrow()
    expect(broken('ENOSPC')).toThrow('ENOSPC')
  })
})
