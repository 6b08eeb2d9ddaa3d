// The operating system's keychain behind Electron's safeStorage, as the vault uses it (P13). Newer versions have only
// the asynchronous calls, the oldest one we run on only the others. On Linux the backend is asked first: without a
// keyring safeStorage still "works", under a password that everybody knows.
import { evidence, type FailureOf, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { CoreTools } from '../../core/core-tools.ts'

/** What this needs of safeStorage; whatever a version lacks is undefined there. */
export type SafeStore = {
  getSelectedStorageBackend?(): string
  isAsyncEncryptionAvailable?(): Promise<boolean>
  encryptStringAsync?(plain: string): Promise<Buffer>
  decryptStringAsync?(encrypted: Buffer): Promise<{ readonly result: string }>
  isEncryptionAvailable?(): boolean
  encryptString?(plain: string): Buffer
  decryptString?(encrypted: Buffer): string
}

type Keychain = NonNullable<CoreTools['keychain']>
type Reason = FailureOf<'keychain-unusable'>['reason']

/** Each hides nothing from anybody who can read the file. */
const notProtecting: ReadonlySet<string> = new Set(['basic_text', 'unknown', 'none'])

/** After the app is ready: before that, Linux does not know its backend. */
export function electronKeychain(store: SafeStore, system: NodeJS.Platform): Keychain {
  const backend = backendOf(store, system)
  const unusable = (reason: Reason, detail = '') => fail({ kind: 'keychain-unusable', reason, backend, detail })

  async function usable(): Promise<Result<void>> {
    if (notProtecting.has(backend)) return unusable('not-protecting')
    const available = await answered(async () => {
      if (store.isAsyncEncryptionAvailable !== undefined) return store.isAsyncEncryptionAvailable()
      return store.isEncryptionAvailable?.() ?? false
    })
    if (!available.ok) return unusable('unavailable', available.detail)
    return available.value ? ok(undefined) : unusable('unavailable')
  }

  /** One that answers no more is not there now; one that is there and does not want to has refused. */
  async function asked<T>(work: () => Promise<T>): Promise<Result<T>> {
    const before = await usable()
    if (!before.ok) return before
    const answer = await answered(work)
    if (answer.ok) return ok(answer.value)
    const after = await usable()
    return after.ok ? unusable('refused', answer.detail) : after
  }

  return {
    backend,
    usable,
    seal: (bytes) => asked(() => encrypted(store, bytes.toString('base64'))),
    unseal: (sealed) => asked(async () => Buffer.from(await decrypted(store, sealed), 'base64')),
  }
}

function backendOf(store: SafeStore, system: NodeJS.Platform): string {
  if (system === 'darwin') return 'keychain'
  if (system === 'win32') return 'dpapi'
  return store.getSelectedStorageBackend?.() ?? 'unknown'
}

async function encrypted(store: SafeStore, plain: string): Promise<Buffer> {
  if (store.encryptStringAsync !== undefined) return store.encryptStringAsync(plain)
  if (store.encryptString === undefined) throw new Error('this version has no safeStorage')
  return store.encryptString(plain)
}

async function decrypted(store: SafeStore, sealed: Buffer): Promise<string> {
  if (store.decryptStringAsync !== undefined) return (await store.decryptStringAsync(sealed)).result
  if (store.decryptString === undefined) throw new Error('this version has no safeStorage')
  return store.decryptString(sealed)
}

type Answered<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly detail: string }

async function answered<T>(work: () => Promise<T>): Promise<Answered<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    return { ok: false, detail: evidence(String((error as Error).message ?? error), 200) }
  }
}
