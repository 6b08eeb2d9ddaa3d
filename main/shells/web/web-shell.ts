// The web shell as a recipe: a listener for pages of one console, the address said and opened, and an orderly end.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { providerReturnPlace } from '../../../shared/domain/provider-address.ts'
import type { ShellWords } from '../../../shared/words/words.ts'
import { type ClientAs, type ClientOf, pageServer } from '../../core/link/serve-page.ts'
import { type AboutShell, sharedWindowCalls } from '../../core/link/window-calls.ts'
import type { PageFiles } from '../../core/page/page-files.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import type { WebOrder } from './arguments.ts'
import { type BrowserCommand, openBrowser } from './browser.ts'
import type { Metrics } from './metrics-page.ts'
import { openWebServer, type WebServer } from './web-server.ts'
import type { WindowKeys } from './window-keys.ts'

export type WebShell = {
  readonly client: ClientAs
  readonly files: PageFiles
  readonly keys: WindowKeys
  readonly about: AboutShell
  readonly order: WebOrder
  readonly metrics?: Metrics | undefined
  /** Undefined where this computer has none. */
  readonly browser: BrowserCommand | undefined
}

/** Listening, with its address said; nobody has been waited for. */
export async function openWebShell(shell: WebShell, terminal: Terminal, words: ShellWords): Promise<Result<WebServer>> {
  const { client, keys, files, order, about, metrics } = shell
  let origin = ''
  const pages = pageServer(client, (mine: ClientOf) => ({
    ...sharedWindowCalls(mine, about, () => client('console')),
    chooseBundle: async () => ok(null),
    chooseBundleFile: async () => ok(null),
    chooseKeyFile: async () => ok(null),
    // A browser saves and prints by itself.
    saveFiles: async () => ok({ saved: false }),
    writeBackup: async () => ok(null),
    saveSupport: async () => ok({ saved: false }),
    savePage: async () => ok({ saved: false }),
    beginProviderSignIn: async ({ purpose }) => {
      const redirect = `${origin}${providerReturnPlace}`
      return (await mine()).desk.beginProviderSignIn({ purpose, redirect })
    },
    openWindow: async () => ok({ address: codeAddress(origin, keys) }),
  }))
  const opened = await openWebServer({ port: order.port, files, keys, metrics, serve: pages.overSocket })
  if (!opened.ok) return opened
  origin = opened.value.origin
  if (order.serve === undefined) sayAddress(shell, opened.value, { terminal, words })
  else saySilent(opened.value, { terminal, words })
  return opened
}

/** Whoever sees it in the words of a command, or kept from a terminal, has nothing once it was used. */
function codeAddress(origin: string, keys: WindowKeys): string {
  return `${origin}/#code=${keys.newCode()}`
}

/** What it says is kept in a journal: nothing in it lets anybody in. */
function saySilent({ origin, port }: WebServer, { terminal, words }: Said): void {
  terminal.result({ port, shell: 'serve' })
  terminal.say(words.serves(origin))
}

function sayAddress({ keys, order, browser }: WebShell, { origin, port }: WebServer, said: Said): void {
  const { terminal, words } = said
  const next = (): string => {
    const code = keys.newLastingCode(() => terminal.say(words.nextWindow(next())))
    return `${origin}/#code=${code}`
  }
  const url = next()
  terminal.result({ url, port, shell: 'web' })
  const opens = order.open && browser !== undefined
  terminal.say(opens ? words.opened(url) : words.openByHand(url))
  if (opens) openBrowser(browser, codeAddress(origin, keys), () => terminal.complain(words.browserFailed))
}

type Said = { readonly terminal: Terminal; readonly words: ShellWords }
