// The web shell: opens the console, serves its pages to the browsers of this computer, and says where.

import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { failureText } from '../../../shared/words/language.ts'
import { wordsOf } from '../../../shared/words/words-of.ts'
import { type KeptConsole, keepConsole } from '../../console-host/keep-console.ts'
import { readSecretFile } from '../../console-host/secret-file.ts'
import { operatorName, pause } from '../../console-host/this-computer.ts'
import { keepHeapLean } from '../../core/background/lean-heap.ts'
import type { ConsoleClient } from '../../core/link/console-client.ts'
import { stoppedByEnd } from '../../core/link/own-runs.ts'
import type { ClientOf } from '../../core/link/serve-page.ts'
import { type PageFiles, readPageFiles } from '../../core/page/page-files.ts'
import { received } from '../../core/refusal.ts'
import { endWith, internal } from '../../terminal/end.ts'
import { interruptedExitCode } from '../../terminal/exit-codes.ts'
import { localeOf, spokenLanguage } from '../../terminal/spoken-language.ts'
import { openTerminal } from '../../terminal/terminal.ts'
import { versionIn } from '../../terminal/version.ts'
import { readWebOrder, type Serving, type WebOrder } from './arguments.ts'
import { browserCommand } from './browser.ts'
import { endsInTime, longestEndMilliseconds, untilEnded } from './ending.ts'
import type { NetworkPlace } from './listening.ts'
import { metricsPage } from './metrics-page.ts'
import { readNetworkPlace } from './network-place.ts'
import { measureLag, type OwnFigures, selfMetrics } from './self-metrics.ts'
import { unitName, unitText } from './unit-file.ts'
import type { WebServer } from './web-server.ts'
import { openWebShell, type WebShell } from './web-shell.ts'
import { windowKeys } from './window-keys.ts'

const words = process.argv.slice(2)
const { env: environment, platform } = process
const language = wordsOf(spokenLanguage(words, environment))
const terminal = openTerminal(words.includes('--json'))
const end = (failure: Failure): number => endWith(failure, terminal, language)
const clock = () => performance.now()

async function main(): Promise<number> {
  const order = readWebOrder(words)
  if (!order.ok) return end(order.failure)
  const { serve } = order.value
  if (serve?.printsUnit === true) return printUnit(order.value)
  const passphrase = serve?.passphraseFile === undefined ? ok(undefined) : readSecretFile(serve.passphraseFile)
  if (!passphrase.ok) return end(passphrase.failure)
  const prepare = async (client: ConsoleClient) => {
    const unlocked = passphrase.value === undefined ? ok(undefined) : await unlock(client, passphrase.value)
    return unlocked.ok ? importFrom(client, order.value) : unlocked
  }
  keepHeapLean()
  const console = await keepConsole(environment, prepare, { watches: serve === undefined ? 'while-open' : 'always' })
  if (!console.ok) return end(console.failure)
  const server: { current?: WebServer } = {}
  const made = await shellOn(console.value, order.value, () => ownFigures(server.current))
  if (!made.ok) {
    await console.value.close(() => undefined)
    return end(made.failure)
  }
  // Heard from before the address is said: whoever reads it may end this process at once.
  const ended = untilEnded({
    signals: process,
    clock,
    stops: () => stoppedByEnd(console.value, pause),
    warn: (stopped) => terminal.complain(language.shells.goesOn[stopped]),
    ...(serve?.network !== undefined && { hangUp: () => lookAgain(serve, server.current) }),
  })
  const opened = await openWebShell(made.value, terminal, language.shells)
  if (!opened.ok) {
    await console.value.close(() => undefined)
    return end(opened.failure)
  }
  server.current = opened.value
  await ended
  // Whoever presses Ctrl-C once more does not want to wait for anything.
  process.once('SIGINT', () => terminal.leave(interruptedExitCode))
  if (await endsInTime(closeAll(opened.value, console.value), longestEndMilliseconds)) {
    terminal.complain(language.shells.ended)
    return 0
  }
  return end({ kind: 'internal', detail: 'the web shell did not end in time' })
}

/** A certificate that was renewed is used from now on; one that cannot be used is said, and the old one stays. */
function lookAgain({ network }: Serving, server: WebServer | undefined): void {
  if (network === undefined) return
  const place = readNetworkPlace(network, Date.now())
  if (place.ok) return void server?.renew(place.value)
  const { what, next } = failureText(place.failure, language)
  terminal.complain(`${what} ${next}`)
}

/** To standard output and nowhere else: whoever installs it has read it. */
function printUnit({ port, serve, metricsTokenFile }: WebOrder): number {
  const { network } = serve ?? {}
  const [node, launcher = ''] = [process.execPath, process.argv[1]]
  const parts = { node, launcher, port: port === 'usual' ? undefined : port }
  const hasMetricsToken = metricsTokenFile !== undefined
  const text = unitText({ ...parts, hasPassphrase: serve?.passphraseFile !== undefined, hasMetricsToken, network })
  const { unitSteps, unitNetworkSteps, unitStart } = language.shells
  const steps = [...unitSteps(unitName), ...(network === undefined ? [] : unitNetworkSteps), unitStart(unitName)]
  for (const line of steps) terminal.complain(line)
  if (words.includes('--json')) terminal.result({ unit: unitName, text })
  else terminal.say(text)
  return 0
}

async function unlock(client: ConsoleClient, passphrase: string): Promise<Result<unknown>> {
  return received('desk.unlockVault', client.desk.unlockVault({ passphrase })).then((answer) =>
    answer.ok ? answer.value : answer,
  )
}

async function closeAll(server: WebServer, console: KeptConsole): Promise<void> {
  await server.close()
  await console.close((guests) => terminal.complain(language.cli.guestsLeft(guests)), { now: true })
}

/** Fails where what was asked for would let others in, or read along. */
async function shellOn(
  console: KeptConsole,
  order: WebOrder,
  figures: () => Omit<OwnFigures, 'version'>,
): Promise<Result<WebShell>> {
  const { clientAs, client } = console
  const version = versionIn(new URL('../package.json', import.meta.url))
  const network = await networkPlace(client, order)
  if (!network.ok) return network
  const own = () => selfMetrics({ version, ...figures() })
  const metrics = metricsPage(order.metricsTokenFile, { client, nowMs: Date.now, own })
  if (!metrics.ok) return metrics
  if (metrics.value !== undefined) measureLag()
  const about = {
    ...({ shell: 'web', version, operator: operatorName(), dialogs: false } as const),
    ...{ locale: localeOf(environment), openedAt: new Date().toISOString() },
  }
  return ok({
    client: clientAs,
    // Beside this file: both are in dist/.
    files: builtPage(fileURLToPath(new URL('renderer', import.meta.url))),
    keys: windowKeys({ randomKey: () => randomBytes(32).toString('base64url'), clock }),
    ...{ about, order, metrics: metrics.value, network: network.value },
    browser: browserCommand({ platform, environment }),
  })
}

function ownFigures(server: WebServer | undefined): Omit<OwnFigures, 'version'> {
  return { windows: server?.windows() ?? 0, certificateUntilMs: server?.certificateUntilMs() }
}

/** Undefined: for this computer alone. */
async function networkPlace(client: ClientOf, { serve }: WebOrder): Promise<Result<NetworkPlace | undefined>> {
  if (serve?.network === undefined) return ok(undefined)
  const place = readNetworkPlace(serve.network, Date.now())
  if (!place.ok) return place
  const state = await (await client()).product.operators.state({})
  if (!state.ok) return state
  if (!state.value.named) {
    return fail({ kind: 'serving-refused', reason: 'needs-operators', detail: serve.network.address })
  }
  return place
}

/** The launcher built it before this process began. */
function builtPage(folder: string): PageFiles {
  const files = readPageFiles(folder)
  if (files === undefined) throw new Error(`there is no page in ${folder}`)
  return files
}

/** Told to every console this process gets to use, for it may be another process's. */
async function importFrom(client: ConsoleClient, { importFolder: folder }: WebOrder): Promise<Result<unknown>> {
  return folder === undefined ? ok(undefined) : client.desk.importFrom({ folder })
}

// The one catch at the edge. What is thrown where nobody waits for it ends the process at once: its state is unknown.
process.once('uncaughtException', (error) => terminal.leave(end(internal(error))))
const exitCode = await main().catch((error: unknown) => end(internal(error)))
// Nothing that may still be open has anything left to do.
terminal.leave(exitCode)
