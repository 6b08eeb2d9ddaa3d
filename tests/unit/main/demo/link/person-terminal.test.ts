// The terminal of a simulated machine as a person meets it: what is typed is seen, what is erased is gone, and what moves a
// cursor elsewhere does nothing here.
import { EventEmitter } from 'node:events'
import type { ServerChannel } from 'ssh2'
import { describe, expect, it } from 'vitest'
import { serveTerminal } from '../../../../../main/demo/link/person-terminal.ts'

function play(...typed: (string | Uint8Array)[]) {
  const lines: string[] = []
  const power = new AbortController()
  let shown = ''
  let exitCode: number | undefined
  const channel = Object.assign(new EventEmitter(), {
    write: (text: string) => {
      shown += text
    },
    exit: (code: number) => {
      exitCode = code
    },
    end: () => undefined,
  })
  const answer = (line: string) => {
    lines.push(line)
    return line === 'exit' ? { text: 'bye\n', exitCode: 0 } : { text: `<${line}>\n` }
  }
  serveTerminal(channel as unknown as ServerChannel, { greeting: 'hello\n', prompt: '$ ', answer }, power.signal)
  for (const one of typed) channel.emit('data', typeof one === 'string' ? Buffer.from(one) : one)
  return { lines, shown: () => shown, exitCode: () => exitCode, power }
}

describe('the terminal of a simulated machine', () => {
  it('shows what is typed and answers whole lines', () => {
    const { lines, shown } = play('who', 'ami\r', '\r')
    expect(lines).toEqual(['whoami'])
    expect(shown()).toBe('hello\r\n$ whoami\r\n<whoami>\r\n$ \r\n$ ')
  })

  it.each([
    ['erased', 'lx\u007fs\r', 'ls'],
    ['erased with nothing there', '\u007f\u0008ls\r', 'ls'],
    ['cleared', 'rm -rf\u0015ls\r', 'ls'],
    ['interrupted', 'rm -rf\u0003ls\r', 'ls'],
    ['with arrow keys', 'l\u001b[A\u001b[1;5Ds\r', 'ls'],
    ['Chinese, erased', '病房\u007f\r', '病'],
  ])('takes a line %s', (_, typed, line) => {
    expect(play(typed).lines).toEqual([line])
  })

  it('puts letters together that come in pieces', () => {
    const bytes = Buffer.from('病\r')
    expect(play(...[...bytes].map((byte) => Uint8Array.of(byte))).lines).toEqual(['病'])
  })

  it('takes two columns back for a Chinese letter', () => {
    expect(play('病\u007f').shown().endsWith('病\b \b\b \b')).toBe(true)
  })

  it.each([
    ['exit', 'exit\r'],
    ['Ctrl-D', '\u0004'],
  ])('ends by %s, and hears nothing after it', (_, typed) => {
    const { exitCode, lines } = play(typed, 'more\r')
    expect([exitCode(), lines.includes('more')]).toEqual([0, false])
  })

  it('ends with the power of its machine', () => {
    const { exitCode, power } = play('x')
    power.abort()
    expect(exitCode()).toBe(255)
  })
})
