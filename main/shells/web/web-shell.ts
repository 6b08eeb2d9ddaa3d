// The web shell as a recipe: a listener for pages of one console, the address said and opened, and an orderly end.
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { providerReturnPlace } from '../../../shared/domain/provider-address.ts'
import type { ShellWords } from '../../../shared/words/words.ts'
import { type ClientAs, type ClientOf, type Guest, pageServer, type WindowCalls } from '../../core/link/serve-page.ts'
import { type AboutShell, sharedWindowCalls } from '../../core/link/window-calls.ts'
import type { PageFiles } from '../../core/page/page-files.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import type { WebOrder } from './arguments.ts'
import { type BrowserCommand, openBrowser } from './browser.ts'
import type { NetworkPlace } from './listening.ts'
import type { Metrics } from './metrics-page.ts'
import { computerOf, type SignInTries, signInTries } from './sign-in-tries.ts'
import { openWebServer, type WebServer } from './web-server.ts'
import type { WindowKeys } from './window-keys.ts'

export type WebShell = {
  readonly client: ClientAs
  readonly files: PageFiles
  readonly keys: WindowKeys
  readonly about: AboutShell
  readonly order: WebOrder
  readonly metrics?: Metrics | undefined
  /** Missing: for this computer alone. */
  readonly network?: NetworkPlace | undefined
  /** Undefined where this computer has none. */
  readonly browser: BrowserCommand | undefined
}

/** Listening, with its address said; nobody has been waited for. */
export async function openWebShell(shell: WebShell, terminal: Terminal, words: ShellWords): Promise<Result<WebServer>> {
  const { client, keys, files, order, about, metrics, network } = shell
  let origin = ''
  const own = () => client('console')
  const tries = signInTries(() => performance.now())
  const pages = pageServer(client, (mine: ClientOf, guest) => ({
    ...sharedWindowCalls(mine, about, own),
    ...(guest !== undefined && { about: () => aboutService(mine, about, own) }),
    async signIn(input) {
      const mayTry = tried(tries, guest)
      return mayTry.ok ? (await mine()).desk.signIn(input) : mayTry
    },
    chooseBundle: async () => ok(null),
    chooseBundleFile: async () => ok(null),
    chooseKeyFile: async () => ok(null),
    // A browser saves and prints by itself.
    saveFiles: async () => ok({ saved: false }),
    writeBackup: async () => ok(null),
    saveSupport: async () => ok({ saved: false }),
    savePage: async () => ok({ saved: false }),
    beginProviderSignIn: async ({ purpose }) => {
      // It asks the provider, and takes one of a few places.
      const mayTry = tried(tries, guest)
      if (!mayTry.ok) return mayTry
      const redirect = `${origin}${providerReturnPlace}`
      return (await mine()).desk.beginProviderSignIn({ purpose, redirect })
    },
    // The key of this run is for its own user: of a service nobody has it.
    openWindow: async () => ok({ address: order.serve === undefined ? codeAddress(origin, keys) : `${origin}/` }),
  }))
  const opened = await openWebServer({
    ...{ port: order.port, network, files, keys, metrics },
    signsIn: order.serve && (() => hasOperators(own)),
    serve: pages.overSocket,
  })
  if (!opened.ok) return opened
  origin = opened.value.origin
  if (order.serve === undefined) sayAddress(shell, opened.value, { terminal, words })
  else saySilent(opened.value, network !== undefined, { terminal, words })
  return opened
}

async function hasOperators(own: ClientOf): Promise<boolean> {
  const state = await (await own()).product.operators.state({})
  return state.ok && state.value.named
}

/** Whoever has the key of this run sits at its computer, and is not counted. */
function tried(tries: SignInTries, guest: Guest | undefined): Result<void> {
  const seconds = guest === undefined ? undefined : tries.take(computerOf(guest.address))
  return seconds === undefined ? ok(undefined) : fail({ kind: 'sign-in-busy', seconds })
}

/** Nobody sits at its computer; and who is not signed in does not hear where things are there. */
async function aboutService(mine: ClientOf, about: AboutShell, own: ClientOf): ReturnType<WindowCalls['about']> {
  const state = await (await mine()).product.operators.state({})
  const told = await sharedWindowCalls(mine, { ...about, operator: '' }, own).about({})
  const isIn = state.ok && state.value.signedIn !== null
  return told.ok && !isIn ? ok({ ...told.value, importFolder: '' }) : told
}

/** Whoever sees it in the words of a command, or kept from a terminal, has nothing once it was used. */
function codeAddress(origin: string, keys: WindowKeys): string {
  return `${origin}/#code=${keys.newCode()}`
}

/** What it says is kept in a journal: nothing in it lets anybody in. */
function saySilent({ origin, port }: WebServer, isForNetwork: boolean, { terminal, words }: Said): void {
  terminal.result({ port, origin, shell: 'serve' })
  terminal.say(isForNetwork ? words.servesNetwork(origin) : words.serves(origin))
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
