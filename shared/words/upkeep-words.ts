// What becomes of a stack after it was set up: the form of its sentences in every language.
import type { DriftKind } from '../domain/drift.ts'
import type { JournaledRun } from '../domain/run.ts'
import type { HistoryWords } from './history-words.ts'
import type { WatchWords } from './watch-words.ts'

/** How somebody comes into a service. */
type SignInWords = {
  readonly none: string
  readonly nobody: string
  readonly made: (user: string) => string
  readonly 'first-visitor': string
  readonly published: (user: string, password: string) => string
  /** Somebody said that it was changed. */
  readonly changed: (user: string) => string
  /** Its data are older than the password that was made for it. */
  readonly older: string
  /** Nobody has said so. */
  readonly stillPublished: (user: string) => string
  /** Behind that. */
  readonly howToConfirm: (name: string) => string
  /** The same where there are pages. */
  readonly whereToConfirm: string
  readonly confirmed: (name: string) => string
  /** Of an app that asks a gateway. */
  readonly app: (consumer: string, baseUrl: string, models: string) => string
  /** Behind what has a secret. */
  readonly howToShow: (name: string) => string
}

export type UpkeepWords = {
  readonly noVersions: string
  /** Above a list of versions in which the one in service has a star. */
  readonly keptVersions: string
  readonly noEarlier: string
  readonly takenBack: string
  readonly nothingOfOurs: string
  readonly uninstalled: string
  /** Where these stay: names of volumes and a folder. */
  readonly uninstalledButData: (names: string) => string
  readonly noRunThere: string
  /** Before what is to be typed, at the end of the line. */
  readonly typeName: (name: string) => string
  /** What an uninstall does with the volumes of services. */
  readonly dataGoes: string
  readonly dataStays: string
  readonly lastRun: { readonly [S in JournaledRun['state']]: (who: string, began: string, run: string) => string }
  readonly outcomes: { readonly [O in NonNullable<JournaledRun['steps'][number]['outcome']> | 'open']: string }
  readonly nothingPublished: string
  readonly publishedAt: (places: string, fingerprint: string, until: string) => string
  /** By a certificate of the site's own. */
  readonly publishedBySite: (places: string, fingerprint: string, until: string) => string
  readonly signIns: SignInWords
  /** The site's own certificate is in its place. */
  readonly certificateGiven: (until: string) => string
  readonly noDrift: string
  /** There is nothing that could differ. */
  readonly nothingSetUp: string
  /** What differs; what it was and what it is stand beside it. */
  readonly drift: { readonly [K in DriftKind]: (of: string) => string }
  readonly history: HistoryWords
  readonly watch: WatchWords
  readonly driftFromTo: (what: string, was: string, now: string) => string
}
