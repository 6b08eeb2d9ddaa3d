// Marked secrets, and the search for them: in files, in what was printed, and in the words and environments of every
// process while something runs. A secret is found as it is, and as the encodings that programs put secrets into.
import { randomBytes } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'

export type Canary = { readonly name: string; readonly secret: string }

/** `where`: a file or a process. `form`: how the secret stood there. */
export type Sighting = { readonly canary: string; readonly form: string; readonly where: string }

type Needle = { readonly canary: string; readonly form: string; readonly bytes: Buffer }

/** Its characters are other ones in JSON, in a URL and in a shell's quotes. */
export function newCanary(name: string): Canary {
  return { name, secret: `Cana"ry ${name}/${randomBytes(12).toString('hex')}+ü` }
}

export function needlesOf(canaries: readonly Canary[]): readonly Needle[] {
  return canaries.flatMap(({ name, secret }) => {
    const bytes = Buffer.from(secret)
    const forms: [string, Buffer][] = [
      ['clear', bytes],
      ['latin1', Buffer.from(secret, 'latin1')],
      ['json', Buffer.from(JSON.stringify(secret).slice(1, -1))],
      ['json ascii', Buffer.from(asciiJson(secret))],
      ['url', Buffer.from(encodeURIComponent(secret))],
      ['form', Buffer.from(new URLSearchParams({ x: secret }).toString().slice(2))],
      ['hex', Buffer.from(bytes.toString('hex'))],
      ['HEX', Buffer.from(bytes.toString('hex').toUpperCase())],
      ...base64Forms(bytes),
    ]
    const seen = new Set<string>()
    return forms
      .filter(([, form]) => !seen.has(form.toString('latin1')) && seen.add(form.toString('latin1')))
      .map(([form, needle]) => ({ canary: name, form, bytes: needle }))
  })
}

function asciiJson(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1)
  return escaped.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Whatever stands before it: the characters that the secret alone decides, at each of the three places it can begin. */
function base64Forms(bytes: Buffer): [string, Buffer][] {
  return [0, 1, 2].flatMap((before): [string, Buffer][] => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const from = before === 0 ? 0 : before + 1
    const sure = encoded.slice(from, from + Math.floor(((bytes.length - (before === 0 ? 0 : 3 - before)) * 4) / 3) - 1)
    const url = sure.replaceAll('+', '-').replaceAll('/', '_')
    return [
      [`base64+${before}`, Buffer.from(sure)],
      [`base64url+${before}`, Buffer.from(url)],
    ]
  })
}

export function sightingsIn(bytes: Buffer, needles: readonly Needle[], where: string): Sighting[] {
  return needles.filter((needle) => bytes.includes(needle.bytes)).map(({ canary, form }) => ({ canary, form, where }))
}

const blockBytes = 8 * 1024 * 1024

/** Every plain file below, whatever its size; links are not followed. */
export function searchFolder(folder: string, needles: readonly Needle[]): { files: number; sightings: Sighting[] } {
  const found = { files: 0, sightings: [] as Sighting[] }
  const longest = Math.max(0, ...needles.map(({ bytes }) => bytes.length))
  const walk = (path: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const below = join(path, entry.name)
      if (entry.isDirectory()) walk(below)
      else if (entry.isFile()) {
        found.files += 1
        found.sightings.push(...searchFile(below, needles, longest))
      }
    }
  }
  walk(folder)
  return found
}

function searchFile(file: string, needles: readonly Needle[], longest: number): Sighting[] {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const size = fstatSync(descriptor).size
    const sightings: Sighting[] = []
    const block = Buffer.alloc(Math.min(blockBytes, size) + longest)
    for (let at = 0; at < size; at += blockBytes) {
      const read = readSync(descriptor, block, 0, block.length, at)
      sightings.push(...sightingsIn(block.subarray(0, read), needles, file))
    }
    return sightings
  } finally {
    closeSync(descriptor)
  }
}

export type ProcessWatch = { stop(): { readonly looks: number; readonly sightings: readonly Sighting[] } }

/**
 * Looks at the words and the environment of every process of this machine, and so of its lab appliances too, until
 * it is stopped.
 */
export function watchProcesses(needles: readonly Needle[], milliseconds = 10): ProcessWatch {
  const sightings = new Map<string, Sighting>()
  let looks = 0
  const look = (): void => {
    looks += 1
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      for (const part of ['cmdline', 'environ', 'comm']) {
        for (const one of sightingsIn(partOf(pid, part), needles, `${part} of ${pid}`))
          sightings.set(JSON.stringify(one), one)
      }
    }
  }
  const timer = setInterval(look, milliseconds)
  return {
    stop: () => {
      clearInterval(timer)
      look()
      return { looks, sightings: [...sightings.values()] }
    },
  }
}

/** Empty where the process has gone, or is the kernel's. */
function partOf(pid: string, part: string): Buffer {
  try {
    return readFileSync(`/proc/${pid}/${part}`)
  } catch {
    return Buffer.alloc(0)
  }
}
