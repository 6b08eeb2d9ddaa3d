// What a core gets from the process that opens it: time, ids and this computer as values, so that tests decide what
// they are.
import type { SystemSources } from '../facts/partial-facts.ts'
import type { Keychain } from '../vault/keychain.ts'

export type CoreTools = {
  /** The login name of the user who runs this process. */
  readonly user: string
  /** The name of this computer, for whoever reads on an appliance whose key it is. */
  readonly computer?: string
  /** Of this product, for what is handed over. */
  readonly version?: string
  /** What this computer runs, in Node's word: "linux", "darwin", "win32". */
  readonly platform: string
  /** Who is asked about this computer where it runs no Linux. Absent: systeminformation. */
  readonly systemSources?: () => Promise<SystemSources>
  /** Where this user keeps SSH keys. */
  readonly sshFolder: string
  /** Where this user's SSH agent listens; undefined where there is none. */
  readonly agentLocation?: string | undefined
  /** The folder of the catalog that comes with this console; absent: none does. */
  readonly builtInCatalog?: string | undefined
  /** The folder of the questions that come with this console; absent: none do. */
  readonly questionSets?: string | undefined
  /** The developer switch: bundles that nobody signed can be used, and everything says so. Absent: no. */
  readonly allowsUnsigned?: boolean
  /** UTC, ISO 8601 with milliseconds. */
  readonly now: () => string
  /** Milliseconds of a clock that only runs forward. */
  readonly clock: () => number
  /** Resolves early when the signal aborts. */
  readonly pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** Eight random lower-case hex digits. */
  readonly randomId: () => string
  readonly sha256: (text: string) => string
  /** The operating system's, where the shell of this process has one. */
  readonly keychain?: Keychain
  /** A vault that was opened stays open: nobody is there to open it again. Absent: it locks itself when it is unused. */
  readonly keepsVaultOpen?: boolean
  /** What a new passphrase of the vault costs to try: scrypt's N is 2 to this. Absent: 17. */
  readonly passphraseLogN?: number
}
