// The one process that owns the state folder. The first process is the owner and runs the core; a second one of the same
// user makes its calls to the first.
import { setTimeout as sleep } from 'node:timers/promises'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { startBackground } from '../core/background/background.ts'
import type { Watchfulness } from '../core/background/watched-over.ts'
import type { CoreTools } from '../core/core-tools.ts'
import { type ConsoleClient, type ConsoleClients, clientsInProcess } from '../core/link/console-client.ts'
import { joinOwner, type OwnerSocket, ownerSocketPath, serveGuests } from '../core/link/owner-socket.ts'
import { closeCore, openCore, stopRuns } from '../core/open-core.ts'
import { openStateFolder, stateFolderPath } from '../store/folder.ts'
import { type OwnerLock, tryOwn } from '../store/owner-lock.ts'
import { operatorName, processTools, sha256 } from './this-computer.ts'

export type Console = {
  /** What this process does of its own accord. */
  readonly client: ConsoleClient
  readonly clients: ConsoleClients
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
  /** Appliances are watched in the background as long as this process owns the console. Absent: by nobody. */
  readonly watches?: Watchfulness
}

export async function openConsole(
  environment: NodeJS.ProcessEnv,
  { lasting, signal, keychain, watches }: Opening = { lasting: false },
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
      const tools = { ...processTools, ...(keychain && { keychain }), keepsVaultOpen: watches === 'always' }
      return ownConsole({ folder: folder.value, socketPath, tools, watches }, lock.value)
    }
    const guest = await joinOwner(socketPath, { lasting })
    if (guest !== undefined) {
      const close = async () => guest.close()
      return ok({
        clients: guest.clients,
        client: guest.clients('console'),
        owner: false,
        ownerGone: guest.lost,
        close,
      })
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

type Owning = {
  readonly folder: string
  readonly socketPath: string
  readonly tools: CoreTools
  readonly watches: Watchfulness | undefined
}

async function ownConsole({ folder, socketPath, tools, watches }: Owning, lock: OwnerLock): Promise<Result<Console>> {
  const core = openCore(folder, tools)
  // Whoever may use this user's account may do everything, until there are named operators.
  const clients = clientsInProcess(core, operatorName())
  let socket: OwnerSocket
  try {
    socket = await serveGuests(socketPath, clients)
  } catch (error) {
    lock.release()
    return fail({ kind: 'state-unwritable', folder, detail: (error as Error).message })
  }
  if (watches !== undefined) startBackground(core, watches)
  return ok({
    clients,
    client: clients('console'),
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
