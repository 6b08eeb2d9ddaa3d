// The main process of the pretend desktop: the product's shell on a console that has whatever runs the test puts
// into globalThis.pretend. No core and no state folder behind it.
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { KeptConsole } from '../../../main/console-host/keep-console.ts'
import type { ConsoleClient } from '../../../main/core/link/console-client.ts'
import { readPageFiles } from '../../../main/core/page/page-files.ts'
import { openDesktop } from '../../../main/shells/electron/desktop.ts'
import { electronPlatform } from '../../../main/shells/electron/platform.ts'
import { ok } from '../../../shared/domain/failure.ts'
import { usualPolicy } from '../../../shared/domain/operator.ts'
import type { Rollout } from '../../../shared/domain/rollout.ts'
import type { ConsoleRun } from '../../../shared/domain/run.ts'

export type Pretend = {
  runs: ConsoleRun[]
  rollouts: Rollout[]
  owner: boolean
  /** Whether a desktop that shows tray icons is pretended. */
  tray: boolean
  readonly reported: string[]
}

declare global {
  /** The test changes it while the shell runs. */
  var pretend: Pretend
}

globalThis.pretend = { runs: [], rollouts: [], owner: true, tray: false, reported: [] }
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

const client = {
  product: {
    operators: { state: async () => ok({ named: false, signedIn: null, policy: usualPolicy }) },
    setup: { runs: async () => ok(globalThis.pretend.runs) },
    rollouts: { list: async () => ok(globalThis.pretend.rollouts) },
  },
  desk: {
    openBundle: async () => ok({ bundleId: 'bundle-1', header: {}, solutions: [] }),
    importFrom: async () => ok({ folder: 'import' }),
  },
} as unknown as ConsoleClient

const pretendConsole: KeptConsole = {
  client: async () => client,
  clientAs: async () => client,
  owner: () => globalThis.pretend.owner,
  async close() {
    console.log('the console is closed')
  },
}

async function main(): Promise<void> {
  const pages = readPageFiles(here('page'))
  if (pages === undefined) throw new Error('the page of the pretend desktop was not built')
  const opened = await openDesktop({
    platform: electronPlatform,
    profileFolder: process.env['PRETEND_PROFILE'] ?? here('profile'),
    pages,
    look: { title: 'Pretend', preloadFile: here('preload.cjs'), iconFile: process.env['PRETEND_ICON'] ?? '' },
    trayIcon: process.env['PRETEND_ICON'] ?? '',
    showsTray: async () => globalThis.pretend.tray,
    openConsole: async () => ok(pretendConsole),
    about: { version: '1', operator: 'li', openedAt: '2026-11-22T08:00:00.000Z' },
    clock: () => performance.now(),
    pause: (milliseconds, signal) => sleep(milliseconds, undefined, signal && { signal }).catch(() => undefined),
    report: (line) => void globalThis.pretend.reported.push(line),
  })
  if (opened.ok && opened.value === undefined) electronPlatform.exit(0)
}

void main()
