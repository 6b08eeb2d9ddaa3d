// This computer: its state folder, and the one process that owns it. The first process is the owner and
// runs the core; a second one of the same user makes its calls to the first.
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { homedir, hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { evidence, fail, ok, type Result } from '../shared/domain/failure.ts'
import type { CoreTools } from './core/context.ts'
import { demoFoldersIn } from './core/demo/demos.ts'
import { type ConsoleClient, clientInProcess } from './core/link/console-client.ts'
import { joinOwner, type OwnerSocket, ownerSocketPath, serveGuests } from './core/link/owner-socket.ts'
import { closeCore, openCore, stopRuns } from './core/open-core.ts'
import { received, refuse } from './core/refusal.ts'
import { openStateFolder, stateFolderPath } from './store/folder.ts'
import { type OwnerLock, tryOwn } from './store/owner-lock.ts'

export type Console = {
  readonly client: ConsoleClient
  /** Whether the core runs in this process. */
  readonly owner: boolean
  /** Resolves when the owner this process is a guest of has gone; never for the owner itself. */
  readonly ownerGone: Promise<void>
  /** `onWait` is called once when other processes still use this console. */
  close(onWait: (guests: number) => void, how?: Closing): Promise<void>
}

/**
 * `now`: a person wants the console to end. Runs are asked to stop after their step, guests get some seconds.
 * Without it runs that a guest watches are waited for, as the guests themselves.
 */
export type Closing = { readonly now: boolean }

/** A process that is just starting or ending as owner gets this long. */
const patienceMilliseconds = 5000
/** What guests get to finish in when the owner is told to end. */
const cutMilliseconds = 8000

type Opening = {
  /** This process can do without its owner, as it opens the console itself when that one ends. */
  readonly lasting: boolean
  /** Ends the wait for an owner that does not answer. */
  readonly signal?: AbortSignal
  /** The keychain that the shell of this process has; only the owner of the state uses it. */
  readonly keychain?: CoreTools['keychain']
}

export async function openConsole(
  environment: NodeJS.ProcessEnv,
  { lasting, signal, keychain }: Opening = { lasting: false },
): Promise<Result<Console>> {
  const folder = openStateFolder(stateFolderPath(environment, process.platform))
  if (!folder.ok) return folder
  const socketPath = ownerSocketPath(folder.value, sha256(folder.value).slice(0, 16), process.platform)
  // By the clock: one try against an owner that is stopped takes seconds itself.
  const giveUpAt = performance.now() + patienceMilliseconds
  while (performance.now() < giveUpAt && signal?.aborted !== true) {
    const lock = own(folder.value)
    if (!lock.ok) return lock
    if (lock.value !== undefined) {
      const tools = keychain === undefined ? processTools : { ...processTools, keychain }
      return ownConsole({ folder: folder.value, socketPath, tools }, lock.value)
    }
    const guest = await joinOwner(socketPath, { lasting })
    if (guest !== undefined) {
      const close = async () => guest.close()
      return ok({ client: guest.client, owner: false, ownerGone: guest.lost, close })
    }
    await sleep(50)
  }
  return fail({ kind: 'owner-gone', detail: 'another process holds the state folder, but does not answer' })
}

function own(folder: string): Result<OwnerLock | undefined> {
  try {
    return ok(tryOwn(folder))
  } catch (error) {
    return fail({ kind: 'state-unwritable', folder, detail: (error as Error).message })
  }
}

type Owning = { readonly folder: string; readonly socketPath: string; readonly tools: CoreTools }

async function ownConsole({ folder, socketPath, tools }: Owning, lock: OwnerLock): Promise<Result<Console>> {
  const core = openCore(folder, tools)
  // Whoever may use this user's account may do everything; roles come with named operators.
  const client = clientInProcess({ core, operator: operatorName(), role: 'admin' })
  let socket: OwnerSocket
  try {
    socket = await serveGuests(socketPath, client)
  } catch (error) {
    lock.release()
    return fail({ kind: 'state-unwritable', folder, detail: (error as Error).message })
  }
  return ok({
    client,
    owner: true,
    ownerGone: new Promise(() => undefined),
    async close(onWait, how = { now: false }) {
      if (how.now) stopRuns(core)
      const { passing, lasting } = socket.guests()
      const waitedFor = passing + (core.consoleRuns.going().length > 0 ? lasting : 0)
      if (waitedFor > 0) onWait(waitedFor)
      const enough = setTimeout(() => how.now && socket.cut(), cutMilliseconds)
      await socket.close(how.now ? Promise.resolve() : core.consoleRuns.idle())
      clearTimeout(enough)
      await closeCore(core)
      lock.release()
    },
  })
}

/** Where the bundle lies that is made for demo appliances. */
export function demoBundleFolder(environment: NodeJS.ProcessEnv): string {
  return demoFoldersIn(stateFolderPath(environment, process.platform)).bundle
}

/** Where the desktop window keeps what is its own (language, theme): beside the state, this user's alone. Made if it is missing. */
export function windowFolder(environment: NodeJS.ProcessEnv): Result<string> {
  const folder = stateFolderPath(environment, process.platform)
  const own = join(folder, 'window')
  try {
    mkdirSync(own, { recursive: true, mode: 0o700 })
    return ok(own)
  } catch (error) {
    return fail({ kind: 'state-unwritable', folder, detail: (error as Error).message })
  }
}

export type KeptConsole = {
  /** The client that is current now. Throws a refusal while no console can be had. */
  client(): Promise<ConsoleClient>
  /** Whether the core runs in this process, as far as is known now. */
  owner(): boolean
  close(onWait: (guests: number) => void, how?: Closing): Promise<void>
}

/**
 * The console of a process that lives long, such as a graphical shell: when the owner whose guest it is ends,
 * it opens the console again, as its owner or as guest of the next one. `prepare` gets every client before
 * anybody else does, to tell it what only this process knows (the import folder).
 */
export async function keepConsole(
  environment: NodeJS.ProcessEnv,
  prepare: (client: ConsoleClient) => Promise<Result<unknown>> = async () => ok(undefined),
  keychain?: CoreTools['keychain'],
): Promise<Result<KeptConsole>> {
  const closing = new AbortController()
  const { signal } = closing
  let owner = false
  // Never rejects: nobody may be waiting for it when it opens again.
  const open = async (): Promise<Result<Console>> => {
    const opened = await orFailure(() => openConsole(environment, { lasting: true, signal, keychain }))
    if (!opened.ok) return opened
    owner = opened.value.owner
    const prepared = await orFailure(() => prepare(opened.value.client))
    if (!prepared.ok) {
      await opened.value.close(() => undefined)
      return prepared
    }
    // Only now: one that was let go because it could not be prepared is not opened again by itself.
    void opened.value.ownerGone.then(() => {
      if (!signal.aborted) current = open()
    })
    return opened
  }
  let current = open()
  const first = await current
  if (!first.ok) return first
  return ok({
    owner: () => owner,
    async client() {
      const tried = current
      const before = await tried
      // What failed a while ago is tried again, once for all who ask now.
      if (!before.ok && current === tried && !signal.aborted) current = open()
      const now = await current
      if (!now.ok) throw refuse(now.failure)
      return now.value.client
    },
    async close(onWait, how) {
      closing.abort()
      const last = await current
      if (last.ok) await last.value.close(onWait, how)
    },
  })
}

/** A throw is data from here on: whoever asks for the console next is told, and it is tried again. */
async function orFailure<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    const answer = await received('keepConsole', work())
    return answer.ok ? answer.value : answer
  } catch (bug) {
    return fail({ kind: 'internal', detail: evidence(String(bug)) })
  }
}

/** Below this a laptop may sleep before a large upload is through. */
const weakBatteryPercent = 30

/** The battery's charge in percent, where this computer runs on one that is weak. */
export async function weakBattery(): Promise<number | undefined> {
  // Loaded here only: it is a large package, and most calls never need it.
  const { battery } = await import('systeminformation')
  try {
    const { hasBattery, acConnected, percent } = await battery()
    return hasBattery && !acConnected && percent < weakBatteryPercent ? percent : undefined
  } catch {
    // No answer about the battery is no reason to warn.
    return undefined
  }
}

const windowsAgentPipe = String.raw`\\.\pipe\openssh-ssh-agent`

const processTools: CoreTools = {
  user: operatorName(),
  computer: hostname(),
  platform: process.platform,
  sshFolder: join(homedir(), '.ssh'),
  // Windows names no place: its own agent listens on this pipe, and Pageant's newer versions can.
  agentLocation: process.env['SSH_AUTH_SOCK'] ?? (process.platform === 'win32' ? windowsAgentPipe : undefined),
  now: () => new Date().toISOString(),
  clock: () => performance.now(),
  pause,
  randomId: () => randomBytes(4).toString('hex'),
  sha256,
}

/** An abort ends it early, and is no error. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  // Nothing else can go wrong while a timer runs.
  await sleep(milliseconds, undefined, signal && { signal }).catch(() => undefined)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

export function operatorName(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`
  }
}
