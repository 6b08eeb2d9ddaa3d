// The terminal of a simulated machine: shows what is typed, takes back what is erased, and hands whole lines on. What moves
// a cursor in other shells does nothing here.
import type { ServerChannel } from 'ssh2'

export type TerminalAnswer = { readonly text: string; readonly exitCode?: number }

export type SimulatedShell = {
  readonly greeting: string
  readonly prompt: string
  readonly answer: (line: string) => TerminalAnswer
}

const longestLine = 2000
const control = {
  interrupt: '\u0003',
  end: '\u0004',
  erase: '\u0008',
  escape: '\u001b',
  clear: '\u0015',
  delete: '\u007f',
}

/** `power`: aborts when the machine loses its power, or the console ends. */
export function serveTerminal(channel: ServerChannel, shell: SimulatedShell, power: AbortSignal): void {
  const decoder = new TextDecoder()
  const show = (text: string) => void channel.write(text.replaceAll('\n', '\r\n'))
  let line = ''
  let isEscaped = false
  let isOver = false

  function leave(exitCode: number): void {
    if (isOver) return
    isOver = true
    power.removeEventListener('abort', lose)
    channel.exit(exitCode)
    channel.end()
  }
  const lose = () => leave(255)

  function enter(): void {
    const { text, exitCode } = line.trim() === '' ? { text: '' } : shell.answer(line.trim())
    line = ''
    show(`\n${text}`)
    if (exitCode === undefined) show(shell.prompt)
    else leave(exitCode)
  }

  function erase(): void {
    const last = Array.from(line).at(-1)
    if (last === undefined) return
    line = line.slice(0, line.length - last.length)
    show('\b \b'.repeat(isWide(last) ? 2 : 1))
  }

  function press(key: string): void {
    if (isEscaped) {
      // "ESC [ A" and the like, up to the letter that ends it.
      isEscaped = !/[A-Za-z~]/.test(key)
    } else if (key === control.escape) isEscaped = true
    else if (key === '\r' || key === '\n') enter()
    else if (key === control.delete || key === control.erase) erase()
    else if (key === control.end && line === '') {
      show('exit\n')
      leave(0)
    } else if (key === control.interrupt) {
      line = ''
      show(`^C\n${shell.prompt}`)
    } else if (key === control.clear) while (line !== '') erase()
    else if (key >= ' ' && line.length < longestLine) {
      line += key
      show(key)
    }
  }

  channel.on('data', (bytes: Uint8Array) => {
    for (const key of decoder.decode(bytes, { stream: true })) if (!isOver) press(key)
  })
  channel.once('end', () => leave(0))
  channel.once('close', () => power.removeEventListener('abort', lose))
  power.addEventListener('abort', lose)
  show(`${shell.greeting}${shell.prompt}`)
}

/** Chinese letters take two columns. */
function isWide(letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0
  return code >= 0x1100 && code < 0x20000
}
