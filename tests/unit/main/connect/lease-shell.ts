// The lease wrapper in a real shell of this machine, started as sshd would start it: in a session of
// its own, with three pipes. Tests speak frames to it directly.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { onTestFinished } from 'vitest'
import { type Lease, leaseOpening } from '../../../../main/connect/lease.ts'

const marker = 'rackside-start test'

export type LeaseShell = {
  send(bytes: string | Uint8Array): void
  endOfInput(): void
  /** Resolves when the shell has ended: its exit code, or the name of the signal. */
  readonly ended: Promise<number | string>
  stdout(): Buffer
  stderr(): string
  /** Resolves when that text came out after the marker. */
  printed(text: string): Promise<void>
  /** Living processes of the session, the shell included. */
  processes(): string[]
}

export type LeaseSpec = Partial<Omit<Lease, 'marker'>> & { readonly path?: string }

const bareLine = 'IFS= read -r l; eval "$l"'

export function startLease(
  [program, ...words]: readonly [string, ...string[]],
  spec: LeaseSpec,
  line = bareLine,
): LeaseShell {
  const lease = { work: ':', input: { kind: 'none' as const }, silenceSeconds: 20, ...spec, marker }
  const child = spawn(program, [...words, '-c', line], {
    detached: true,
    // bash takes an input that is a socket for a remote shell's, and reads the start-up file of whoever runs the test.
    env: { ...process.env, HOME: '/', ...(spec.path === undefined ? {} : { PATH: spec.path }) },
  })
  // Everything in that session is killed below: it must be one of our own making.
  if (child.pid === undefined) throw new Error(`${program} does not start`)
  const session = child.pid
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (bytes: Buffer) => out.push(bytes))
  child.stderr.on('data', (bytes: Buffer) => err.push(bytes))
  child.stdin.on('error', () => undefined)
  child.stdin.write(leaseOpening(lease))
  const ended = once(child, 'exit').then(([code, signal]) => code ?? signal)
  onTestFinished(() => {
    for (const pid of processIds(session)) killIfThere(pid)
    child.stdin.destroy()
  })
  const stdout = (): Buffer => afterMarker(Buffer.concat(out))
  return {
    send: (bytes) => void child.stdin.write(bytes),
    endOfInput: () => void child.stdin.end(),
    ended,
    stdout,
    stderr: () => afterMarker(Buffer.concat(err)).toString(),
    printed: async (text) => {
      while (!stdout().includes(text)) await once(child.stdout, 'data')
    },
    processes: () => processIds(session).map((pid) => commandOf(pid)),
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended meanwhile.
  }
}

function afterMarker(bytes: Buffer): Buffer {
  const at = bytes.indexOf(`${marker}\n`)
  return at < 0 ? Buffer.alloc(0) : bytes.subarray(at + marker.length + 1)
}

function processIds(session: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const [state, , , sid] = statOf(pid)
      return Number(sid) === session && state !== 'Z'
    })
}

/** The fields of /proc/PID/stat after the name: state, parent, group, session. */
function statOf(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return []
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}
