// The keychain of the operating system, as the vault uses it: it seals one key, and whoever has logged in to this
// computer gets it back. A shell that has a real one hands it in; a vault with a passphrase needs none.
import type { Result } from '../../shared/domain/failure.ts'

export type Keychain = {
  /** What keeps it: "gnome_libsecret", "keychain", "dpapi". */
  readonly backend: string
  /** Whether it protects anything, now. One that is only locked for the moment says so in its failure. */
  usable(): Promise<Result<void>>
  seal(bytes: Buffer): Promise<Result<Buffer>>
  unseal(sealed: Buffer): Promise<Result<Buffer>>
}
