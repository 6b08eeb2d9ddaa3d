// A publisher that lives no longer than one bundle: for what this console, or a lab, makes for itself. Its keys sign once
// and are gone; who opens the bundle trusts it because it made it.
import { ok, type Result } from '../../shared/domain/failure.ts'
import { fingerprintOf, readMetadata } from './metadata-form.ts'
import { makeRoot, newSigningKey, publicOf, signFolder } from './sign.ts'

/** Long enough that nothing that is made so outlives it. */
const years = 10

/** `now`: UTC, ISO 8601. The fingerprint of who signed it. */
export function signOnce(folder: string, now: string): Result<string> {
  const expires = new Date(now)
  expires.setUTCFullYear(expires.getUTCFullYear() + years)
  const until = `${expires.toISOString().slice(0, 19)}Z`
  const key = newSigningKey()
  const holders = { root: [publicOf(key)], threshold: 1, online: [publicOf(key)] }
  const root = makeRoot({ ...holders, version: 1, expires: until }, [key])
  const signed = signFolder(folder, { roots: [root], keys: [key], version: 1, expires: until })
  if (!signed.ok) return signed
  return ok(fingerprintOf(readMetadata('root', Buffer.from(root), 'root').signed))
}
