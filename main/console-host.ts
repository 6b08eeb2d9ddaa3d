// This computer: its state folder, and the one process that owns it. The first process is the owner and
// runs the core; a second one of the same user makes its calls to the first.
import { createHash, randomBytes } from 'node:crypto'
import { userInfo } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { fail, ok, type Result } from '../shared/domain/failure.ts'
import type { CallContext, CoreTools } from './core/context.ts'
import { type ConsoleClient, clientInProcess } from './core/link/console-client.ts'
import { joinOwner, type OwnerSocket, ownerSocketPath, serveGuests } from './core/link/owner-socket.ts'
import { closeCore, openCore } from './core/open-core.ts'
import { openStateFolder, stateFolderPath } from './store/folder.ts'
import { type OwnerLock, tryOwn } from './store/owner-lock.ts'

export type Console = {
  readonly client: ConsoleClient
  /** Whether the core runs in this process. */
  readonly owner: boolean
  /** Resolves when the owner this process is a guest of has gone; never for the owner itself. */
  readonly ownerGone: Promise<void>
  /** `onWait` is called once when other processes still use this console. */
  close(onWait: (guests: number) => void): Promise<void>
}

/** A process that is just starting or ending as owner gets this long. */
const patienceMilliseconds = 5000

export async function openConsole(environment: NodeJS.ProcessEnv): Promise<Result<Console>> {
  const folder = openStateFolder(stateFolderPath(environment, process.platform))
  if (!folder.ok) return folder
  const socketPath = ownerSocketPath(folder.value, sha256(folder.value).slice(0, 16), process.platform)
  // By the clock: one try against an owner that is stopped takes seconds itself.
  const giveUpAt = performance.now() + patienceMilliseconds
  while (performance.now() < giveUpAt) {
    const lock = own(folder.value)
    if (!lock.ok) return lock
    if (lock.value !== undefined) return ownConsole(folder.value, socketPath, lock.value)
    const guest = await joinOwner(socketPath)
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

async function ownConsole(folder: string, socketPath: string, lock: OwnerLock): Promise<Result<Console>> {
  const core = openCore(folder, processTools)
  // Whoever may use this user's account may do everything; roles come with named operators.
  const context: CallContext = { core, operator: operatorName(), role: 'admin' }
  let socket: OwnerSocket
  try {
    socket = await serveGuests(socketPath, context)
  } catch (error) {
    lock.release()
    return fail({ kind: 'state-unwritable', folder, detail: (error as Error).message })
  }
  return ok({
    client: clientInProcess(context),
    owner: true,
    ownerGone: new Promise(() => undefined),
    async close(onWait) {
      if (socket.guests() > 0) onWait(socket.guests())
      await socket.close()
      await closeCore(core)
      lock.release()
    },
  })
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

const processTools: CoreTools = {
  user: operatorName(),
  now: () => new Date().toISOString(),
  clock: () => performance.now(),
  pause: (milliseconds) => sleep(milliseconds),
  randomId: () => randomBytes(4).toString('hex'),
  sha256,
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function operatorName(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`
  }
}
