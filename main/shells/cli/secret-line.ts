// Reads a password or another secret, which never travels as an argument: typed unseen at a terminal, or the first line that
// arrives at a file descriptor, however slowly.
import { createReadStream, fstatSync } from 'node:fs'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { isatty, ReadStream } from 'node:tty'
import { cleanText } from '../../../shared/domain/clean-text.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'

/** No password is longer; whatever comes is not read without end. */
const mostBytes = 4096

/** `echo`: what is typed is no secret and is shown. */
type Prompt = { readonly text: string; show(text: string): void; echo?: (text: string) => void }

/** The prompt appears only at a terminal. */
export async function readSecretLine(descriptor: number, prompt: Prompt): Promise<Result<string>> {
  let line: string | undefined
  try {
    line = isatty(descriptor) ? await typedAt(descriptor, prompt) : await firstLineOf(sourceOf(descriptor))
  } catch {
    // Not open, not for reading, or nothing that can be read, such as a folder.
    return fail({ kind: 'usage', problem: 'not-a-descriptor', word: String(descriptor) })
  }
  if (line === undefined) return fail({ kind: 'cancelled', at: 'login' })
  return line === '' ? fail({ kind: 'usage', problem: 'password-empty', word: '' }) : ok(line)
}

/** Every line until the end, for several secrets at once; never typed. */
export async function readSecretLines(descriptor: number): Promise<Result<string[]>> {
  try {
    const text = await allOf(sourceOf(descriptor))
    return ok(text.replace(/\r?\n$/, '').split(/\r?\n/))
  } catch {
    return fail({ kind: 'usage', problem: 'not-a-descriptor', word: String(descriptor) })
  }
}

/** Throws where nothing can be read. */
function sourceOf(descriptor: number): Readable {
  const kind = fstatSync(descriptor)
  if (descriptor === 0) return process.stdin
  // A pipe may be non-blocking: only the event loop can wait for it.
  if (kind.isFIFO() || kind.isSocket()) return new Socket({ fd: descriptor, readable: true, writable: false })
  return createReadStream('', { fd: descriptor })
}

async function firstLineOf(source: Readable): Promise<string> {
  return (await allOf(source, (chunk) => chunk.includes(10))).split(/\r?\n/)[0] ?? ''
}

async function allOf(source: Readable, enough: (chunk: Buffer) => boolean = () => false): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  // Leaving the loop closes the source: whoever holds its other end open is not waited for.
  for await (const chunk of source as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    bytes += chunk.length
    if (enough(chunk) || bytes > mostBytes) break
  }
  return Buffer.concat(chunks).toString('utf8')
}

async function typedAt(descriptor: number, { text, show, echo }: Prompt): Promise<string | undefined> {
  const keyboard = descriptor === 0 ? process.stdin : new ReadStream(descriptor)
  show(text)
  try {
    return await typedLine(keyboard, echo)
  } finally {
    show('\n')
    // Standard input stays: the person may be asked for approval there.
    if (descriptor !== 0) keyboard.destroy()
  }
}

/** What is typed until Enter, without an echo but for the given one; undefined when the person gave up (Ctrl-C, or Ctrl-D before anything). */
export async function typedLine(keyboard: ReadStream, echo?: (text: string) => void): Promise<string | undefined> {
  const decoder = new StringDecoder('utf8')
  let typed: string[] = []
  keyboard.setRawMode(true)
  try {
    return await new Promise((resolve, reject) => {
      keyboard.once('error', reject)
      keyboard.once('end', () => resolve(undefined))
      keyboard.on('data', (bytes: Buffer) => {
        for (const key of decoder.write(bytes)) {
          if (key === '\r' || key === '\n') return resolve(typed.join(''))
          if (key === '\u0003') return resolve(undefined)
          if (key === '\u0004') return resolve(typed.length > 0 ? typed.join('') : undefined)
          const before = typed.length
          typed = afterKey(typed, key)
          echo?.(typed.length > before ? cleanText(key) : '\b \b'.repeat(before - typed.length))
        }
      })
    })
  } finally {
    keyboard.removeAllListeners('data').removeAllListeners('end').removeAllListeners('error')
    keyboard.setRawMode(false)
    keyboard.pause()
  }
}

function afterKey(typed: readonly string[], key: string): string[] {
  if (key === '\u007f' || key === '\b') return typed.slice(0, -1)
  // Ctrl-U takes back the whole line.
  return key === '\u0015' ? [] : [...typed, key]
}
