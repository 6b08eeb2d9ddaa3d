// Where the CLI speaks: results on standard output, everything on the way on standard error when the
// caller wants JSON. A prompt appears only where a person can answer it. Whatever a server or bundle put
// into a text, no control character of it reaches the terminal.
import { createInterface } from 'node:readline/promises'
import { cleanText } from '../../shared/domain/clean-text.ts'

export type Terminal = {
  /** A line for the person. */
  say(line: string): void
  /** A line that replaces itself (bytes, speed); silent where nobody watches. */
  tick(line: string): void
  /** A line about what went wrong, always on standard error. */
  complain(line: string): void
  /** The one JSON result. */
  result(value: unknown): void
  /** True when the person typed "yes", false for anything else and for Ctrl-C and Ctrl-D; undefined where nobody can be asked. */
  confirm(question: string): Promise<boolean | undefined>
  /** Text before something is typed, on standard error, without an end of line of its own. */
  prompt(text: string): void
  /** What the person types, as it is typed: our own text, with the moves of the cursor that take a letter back. */
  echo(text: string): void
  /** Ends this process now, whatever is going on. */
  leave(exitCode: number): void
}

type Streams = Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr'>

export function openTerminal(json: boolean, streams: Streams = process): Terminal {
  const { stdout, stderr } = streams
  const out = json ? stderr : stdout
  surviveLostReader(stdout)
  surviveLostReader(stderr)
  let ticking = false
  const clear = () => {
    if (ticking) out.write('\r\u001b[K')
    ticking = false
  }
  return {
    say(line) {
      clear()
      out.write(`${cleanText(line)}\n`)
    },
    tick(line) {
      if (!out.isTTY) return
      clear()
      out.write(cleanText(line).replaceAll('\n', ' '))
      ticking = true
    },
    complain(line) {
      clear()
      stderr.write(`${cleanText(line)}\n`)
    },
    result(value) {
      clear()
      if (json) stdout.write(`${jsonLine(value)}\n`)
    },
    confirm: (question) => ask(streams, cleanText(question)),
    prompt(text) {
      clear()
      // It may quote what a server asks.
      stderr.write(cleanText(text))
    },
    echo: (text) => void stderr.write(text),
    leave: (exitCode) => process.exit(exitCode),
  }
}

/** JSON leaves some control characters as they are; escaped, they stay the same text for whoever parses it. */
function jsonLine(value: unknown): string {
  return cleanText(JSON.stringify(value), (character) => {
    // One beyond the basic plane is two units.
    const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
  })
}

/** A reader that went away (`| head -1`, a closed terminal) is no reason to break off a run. */
function surviveLostReader(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
  })
}

async function ask(streams: Streams, question: string): Promise<boolean | undefined> {
  const answer = await typedAnswer(question, streams)
  return answer === undefined ? undefined : answer === 'yes'
}

/** What the person typed; empty for Ctrl-C and Ctrl-D, undefined where nobody can be asked. */
export async function typedAnswer(question: string, streams: Streams = process): Promise<string | undefined> {
  const { stdin, stderr } = streams
  if (!stdin.isTTY || !stderr.isTTY) return undefined
  const reader = createInterface({ input: stdin, output: stderr })
  // On Ctrl-C and Ctrl-D some versions of Node reject the question, others only close the reader.
  const closed = new Promise<undefined>((resolve) => reader.once('close', () => resolve(undefined)))
  try {
    const answer = await Promise.race([reader.question(question), closed])
    if (answer !== undefined) return answer.trim()
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error
  } finally {
    reader.close()
  }
  stderr.write('\n')
  return ''
}
