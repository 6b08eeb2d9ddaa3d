// Where the CLI speaks: results on standard output, everything on the way on standard error when the
// caller wants JSON. A prompt appears only where a person can answer it.
import { readSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'

export type Terminal = {
  /** A line for the person. */
  say(line: string): void
  /** A line that replaces itself (bytes, speed); silent where nobody watches. */
  tick(line: string): void
  /** The one JSON result. */
  result(value: unknown): void
  /** True when the person typed "yes"; undefined where nobody can be asked. */
  confirm(question: string): Promise<boolean | undefined>
}

export function openTerminal(json: boolean): Terminal {
  const out = json ? process.stderr : process.stdout
  let ticking = false
  const clear = () => {
    if (ticking) out.write('\r\u001b[K')
    ticking = false
  }
  return {
    say(line) {
      clear()
      out.write(`${line}\n`)
    },
    tick(line) {
      if (!out.isTTY) return
      clear()
      out.write(line)
      ticking = true
    },
    result(value) {
      clear()
      if (json) process.stdout.write(`${JSON.stringify(value)}\n`)
    },
    async confirm(question) {
      if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined
      const reader = createInterface({ input: process.stdin, output: process.stderr })
      try {
        return (await reader.question(question)).trim() === 'yes'
      } finally {
        reader.close()
      }
    },
  }
}

/** The first line read from a descriptor, undefined where there is none: a password never travels as an argument. */
export function readSecretLine(descriptor: number): string | undefined {
  const chunks: Buffer[] = []
  const buffer = Buffer.alloc(1024)
  for (;;) {
    const count = readSome(descriptor, buffer)
    if (count === undefined) return undefined
    if (count === 0) break
    chunks.push(Buffer.from(buffer.subarray(0, count)))
    if (buffer.subarray(0, count).includes(10) || chunks.length > 4) break
  }
  buffer.fill(0)
  return Buffer.concat(chunks).toString('utf8').split(/\r?\n/)[0] ?? ''
}

function readSome(descriptor: number, buffer: Buffer): number | undefined {
  try {
    return readSync(descriptor, buffer, 0, buffer.length, null)
  } catch {
    return undefined
  }
}
