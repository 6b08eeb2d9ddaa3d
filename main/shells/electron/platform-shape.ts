// What this shell asks of Electron, as plain functions, so that everything it decides can be tested in plain
// Node. platform.ts is the one that answers; nothing but it and the preload knows Electron.

import type { LinkPort } from '../../core/link/carriers.ts'
import type { SafeStore } from './keychain.ts'

export type Prevent = () => void

/** Our end of the channel to a page. */
export type PagePort = LinkPort

/** Who asks for the link: as Electron knows it, not as the sender says. */
export type Sender = { readonly mainFrame: boolean; readonly url: string }

export type WindowEvents = {
  /** Its person closes it. */
  readonly closing: (prevent: Prevent) => void
  readonly closed: () => void
  /** The page was left, reloaded or lost: what belonged to it ends. */
  readonly pageLeft: () => void
  readonly pageCrashed: (reason: string) => void
  readonly pageHangs: () => void
  /** The page asks for its link. `give` makes a channel, hands its other end to exactly this sender and returns ours. */
  readonly linkWanted: (sender: Sender, give: () => PagePort) => void
}

export type DesktopWindow = {
  /** Resolves when the page is there. Rejects when it cannot be shown. */
  load(address: string): Promise<void>
  reload(): void
  /** In front of the others, whatever state it was in. */
  show(): void
  hide(): void
  minimize(): void
  /** At once, without asking. */
  destroy(): void
}

export type WindowLook = {
  readonly title: string
  readonly preloadFile: string
  readonly iconFile: string
}

/** What a page may do in its session; everything is asked, nothing is assumed. */
export type PageRules = {
  readonly mayRequest: (url: string) => boolean
  readonly mayOpen: (url: string) => boolean
  readonly mayUse: (permission: string) => boolean
}

export type Question = {
  readonly message: string
  readonly detail: string
  /** The first is what Enter and Escape choose. */
  readonly buttons: readonly string[]
}

export type TrayMenu = {
  readonly open: string
  /** Where the runs are, in words; not to be clicked. */
  readonly state: string
  readonly quit: string
}

export type Tray = {
  show(menu: TrayMenu): void
  remove(): void
}

export type PickedFile = { readonly path: string } | undefined

export type Platform = {
  readonly system: NodeJS.Platform
  /** Before `ready`: where the profile lies, what kind of scheme the pages have, that every page is sandboxed. */
  prepare(profileFolder: string, scheme: string): void
  /** False when another process of this profile runs; that one is told, and shows itself. */
  claimInstance(onSecondStart: () => void): boolean
  ready(): Promise<void>
  /** After `ready`. A locale such as "zh-CN". */
  locale(): string
  lockPages(rules: PageRules): void
  servePages(scheme: string, answer: (request: Request) => Promise<Response>): void
  openWindow(look: WindowLook, events: WindowEvents): DesktopWindow
  /** The person asks the whole program to quit. */
  onQuit(listener: (prevent: Prevent) => void): void
  /** The program is chosen in the dock while no window is open (macOS). */
  onActivate(listener: () => void): void
  tray(iconFile: string, acts: { open(): void; quit(): void }): Tray | undefined
  notify(title: string, body: string, onClick: () => void): void
  /** The index of the button. */
  ask(question: Question): Promise<number>
  /** Resolves when it was read. */
  tellError(title: string, text: string): Promise<void>
  chooseFolder(title: string): Promise<PickedFile>
  chooseFile(title: string): Promise<PickedFile>
  /** Where a file of that name goes; asks before it takes the place of another. */
  chooseSaved(title: string, name: string): Promise<PickedFile>
  /** What the window in front shows, on A4 pages; undefined where there is none. */
  pageAsPdf(): Promise<Uint8Array | undefined>
  /** After `ready`. */
  safeStore(): SafeStore
  /** Until the returned function is called this computer does not go to sleep by itself. */
  holdAwake(): () => void
  /** Ends the process now, without further questions. */
  exit(code: number): void
}
