// The secrets of this console at rest. Unlocked it holds one key and nothing else: every secret is read from the
// file when it is used, and the bytes it came in are wiped. Locking wipes the key (P18: buffers only, as strings that
// were handed out are the runtime's). The file is read again before each change: nobody else's entry is lost.
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { oneAtATime } from '../../shared/domain/in-turn.ts'
import { attemptsBy } from './attempts.ts'
import { type Open, sealedText, withEntries } from './contents.ts'
import { type DataKey, keyByKeychain, keyByPassphrase, keychainOf, newKeyIn, newKeyUnder } from './data-key.ts'
import {
  type ApartKind,
  apartKind,
  type EntryHead,
  headOf,
  mostEntries,
  type NewEntry,
  type ReadEntry,
  readEntry,
  type StoredEntry,
  storedEntry,
} from './entries.ts'
import { heldKey } from './held-key.ts'
import type { Keychain } from './keychain.ts'
import { checkPassphrase } from './passphrase.ts'
import type { RandomBytes } from './sealing.ts'
import { type Protection, readVaultText, type VaultFile } from './vault-file.ts'

export type VaultTools = {
  /** The one file; how it is written durably, and that it is a plain one, is the business of whoever hands it in. */
  readonly disk: {
    readonly file: string
    read(): Result<string | undefined>
    write(text: string): Result<void>
  }
  readonly random: RandomBytes
  readonly now: () => string
  readonly clock: () => number
  readonly pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  readonly keychain: Keychain | undefined
  /** Unused for so long it locks itself; undefined: it stays open until somebody locks it. */
  readonly idleMilliseconds: number | undefined
  /** scrypt's N is 2 to this. */
  readonly logN: number
}

export type VaultState = {
  readonly state: 'none' | 'locked' | 'unlocked'
  readonly protection: Protection['kind'] | null
  /** Known only while it is unlocked. */
  readonly entries: number | null
  /** After several wrong passphrases: how long nobody is heard. */
  readonly waitSeconds: number
}

export type Vault = {
  state(): Result<VaultState>
  create(passphrase: string): Promise<Result<void>>
  createInKeychain(): Promise<Result<void>>
  /** One with a passphrase is tried even while it is unlocked. Without a passphrase: by the keychain. */
  unlock(passphrase: string | undefined): Promise<Result<void>>
  /** By a person: it stays locked until a person unlocks it. */
  lock(): void
  changePassphrase(old: string, next: string): Promise<Result<void>>
  list(): Promise<Result<EntryHead[]>>
  /** An entry with this id is replaced. */
  keep(entry: NewEntry): Promise<Result<void>>
  /** A key that signs is read by who signs, and by nobody who logs in or sends a secret somewhere: to them it is unknown. */
  read(id: string, as?: ApartKind): Promise<Result<ReadEntry>>
  remove(id: string): Promise<Result<void>>
}

export function openVault(tools: VaultTools): Vault {
  const { disk, random, keychain, logN } = tools
  const attempts = attemptsBy(tools.clock)
  const held = heldKey(tools.idleMilliseconds, tools)
  const inTurn = oneAtATime()

  function fileNow(): Result<VaultFile | undefined> {
    const text = disk.read()
    if (!text.ok || text.value === undefined) return text.ok ? ok(undefined) : text
    return readVaultText(text.value, disk.file)
  }

  function existing(): Result<VaultFile> {
    const file = fileNow()
    if (!file.ok) return file
    return file.value === undefined ? fail({ kind: 'vault-missing' }) : ok(file.value)
  }

  function openNow(): Result<Open> {
    const file = existing()
    if (!file.ok) return file
    const key = held.of(file.value.keyId)
    return key === undefined ? fail({ kind: 'vault-locked' }) : ok({ file: file.value, key, name: disk.file })
  }

  /** Nothing happens between the look at the file and `use`: what that writes is what was there, changed. */
  async function whenOpen<T>(use: (open: Open) => Result<T>): Promise<Result<T>> {
    const open = openNow()
    if (open.ok || open.failure.kind !== 'vault-locked') return open.ok ? use(open.value) : open
    const file = existing()
    if (!file.ok) return file
    // The keychain asks nobody: only a person's own lock is in its way.
    if (file.value.protection.kind === 'passphrase' || held.lockedByPerson()) return open
    const unlocked = await unlockWith(file.value, undefined)
    if (!unlocked.ok) return unlocked
    const now = openNow()
    return now.ok ? use(now.value) : now
  }

  const write = (key: DataKey, entries: readonly StoredEntry[]) => disk.write(sealedText(key, entries, random))

  function change(by: (entries: StoredEntry[]) => Result<StoredEntry[]>): Promise<Result<void>> {
    return whenOpen((open) => {
      const written = withEntries(open, (entries) => {
        const next = by(entries)
        return next.ok ? write({ ...open.file, key: open.key }, next.value) : next
      })
      return written.ok ? written.value : written
    })
  }

  async function tried(file: VaultFile, passphrase: string): Promise<Result<Buffer>> {
    if (file.protection.kind !== 'passphrase') throw new Error('a passphrase for a vault that has none')
    const early = attempts.waitSeconds()
    if (early > 0) return fail({ kind: 'vault-passphrase-wrong', waitSeconds: early })
    const key = await keyByPassphrase(file.keyId, file.protection, passphrase)
    if (key !== undefined) {
      attempts.succeeded()
      return ok(key)
    }
    attempts.failed()
    return fail({ kind: 'vault-passphrase-wrong', waitSeconds: attempts.waitSeconds() })
  }

  async function unlockWith(file: VaultFile, passphrase: string | undefined): Promise<Result<void>> {
    const { protection, keyId } = file
    const locks = held.locks()
    if (protection.kind === 'passphrase' && passphrase === undefined) return fail({ kind: 'vault-locked' })
    const key =
      protection.kind === 'keychain' ? await keyByKeychain(protection, keychain) : await tried(file, passphrase ?? '')
    if (!key.ok) return key
    const whole = withEntries({ file, key: key.value, name: disk.file }, () => undefined)
    if (!whole.ok) {
      key.value.fill(0)
      return whole
    }
    return held.hold({ keyId, key: key.value }, locks) ? ok(undefined) : fail({ kind: 'vault-locked' })
  }

  async function createWith(make: () => Promise<Result<DataKey>>): Promise<Result<void>> {
    const before = fileNow()
    if (!before.ok) return before
    if (before.value !== undefined) return fail({ kind: 'vault-exists' })
    const locks = held.locks()
    const made = await make()
    if (!made.ok) return made
    // Making a key takes a while.
    const now = fileNow()
    if (!now.ok || now.value !== undefined) return now.ok ? fail({ kind: 'vault-exists' }) : now
    const written = write(made.value, [])
    if (written.ok) held.hold(made.value, locks)
    else made.value.key.fill(0)
    return written
  }

  async function changeProtection(old: string, next: string): Promise<Result<void>> {
    const usable = checkPassphrase(next)
    if (!usable.ok) return usable
    const before = existing()
    if (!before.ok) return before
    const key = before.value.protection.kind === 'keychain' ? await keyInUse() : await tried(before.value, old)
    if (!key.ok) return key
    const locks = held.locks()
    const made = await newKeyUnder(next, { random, logN })
    const file = existing()
    if (!file.ok) return file
    const written = withEntries({ file: file.value, key: key.value, name: disk.file }, (entries) =>
      write(made, entries),
    )
    key.value.fill(0)
    if (!written.ok) return written
    if (written.value.ok) held.hold(made, locks)
    return written.value
  }

  /** Whoever may read everything in it may also put it under a passphrase. */
  const keyInUse = () => whenOpen(({ key }) => ok(Buffer.from(key)))

  return {
    state() {
      const file = fileNow()
      if (!file.ok) return file
      const waitSeconds = attempts.waitSeconds()
      if (file.value === undefined) return ok({ state: 'none', protection: null, entries: null, waitSeconds })
      const protection = file.value.protection.kind
      const key = held.of(file.value.keyId)
      if (key === undefined) return ok({ state: 'locked', protection, entries: null, waitSeconds })
      const counted = withEntries({ file: file.value, key, name: disk.file }, (entries) => entries.length)
      return counted.ok ? ok({ state: 'unlocked', protection, entries: counted.value, waitSeconds }) : counted
    },
    create: (passphrase) =>
      inTurn(async () => {
        const usable = checkPassphrase(passphrase)
        return usable.ok ? createWith(async () => ok(await newKeyUnder(passphrase, { random, logN }))) : usable
      }),
    createInKeychain: () =>
      inTurn(() =>
        createWith(async () => {
          const usable = await keychainOf(keychain)
          return usable.ok ? newKeyIn(usable.value, random) : usable
        }),
      ),
    unlock: (passphrase) =>
      inTurn(async () => {
        const file = existing()
        return file.ok ? unlockWith(file.value, passphrase) : file
      }),
    lock: held.lockByPerson,
    changePassphrase: (old, next) => inTurn(() => changeProtection(old, next)),
    list: () => inTurn(() => whenOpen((open) => withEntries(open, (entries) => entries.map(headOf)))),
    keep: (entry) =>
      inTurn(async () => {
        const kept = await change((entries) => {
          const others = entries.filter((one) => one.id !== entry.id)
          if (others.length < mostEntries) return ok([...others, storedEntry(entry, tools.now())])
          const detail = `the vault holds ${mostEntries} secrets, and no more`
          return fail({ kind: 'state-unwritable', folder: disk.file, detail })
        })
        if (kept.ok) held.used()
        return kept
      }),
    read: (id, as) =>
      inTurn(() =>
        whenOpen((open) => {
          const found = withEntries(open, (entries) => {
            const one = entries.find((entry) => entry.id === id && apartKind(entry.kind) === as)
            return one && readEntry(one)
          })
          if (!found.ok) return found
          if (found.value === undefined) return fail({ kind: 'credential-unknown', credentialId: id })
          held.used()
          return ok(found.value)
        }),
      ),
    remove: (id) =>
      inTurn(() =>
        change((entries) => {
          const others = entries.filter((one) => one.id !== id)
          return others.length < entries.length ? ok(others) : fail({ kind: 'credential-unknown', credentialId: id })
        }),
      ),
  }
}
