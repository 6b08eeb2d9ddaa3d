// What is kept of a passphrase: enough to tell it again, at scrypt's cost, and nothing to find it by.
import { timingSafeEqual } from 'node:crypto'
import type { Result } from '../../../shared/domain/failure.ts'
import { ok } from '../../../shared/domain/failure.ts'
import type { KeptOperator } from '../../store/operators.ts'
import { checkPassphrase, keyOf } from '../../vault/passphrase.ts'

export type PassphraseCheck = KeptOperator['check']

export type CheckTools = { readonly random: (bytes: number) => Buffer; readonly logN: number }

const saltBytes = 16

/** Fails where it is too short for a new one. */
export async function newCheck(passphrase: string, { random, logN }: CheckTools): Promise<Result<PassphraseCheck>> {
  const usable = checkPassphrase(passphrase)
  if (!usable.ok) return usable
  const salt = random(saltBytes).toString('base64')
  const key = await keyOf(passphrase, { salt, logN })
  return ok({ salt, logN, key: key.toString('base64') })
}

export async function isPassphrase(passphrase: string, check: PassphraseCheck): Promise<boolean> {
  const key = await keyOf(passphrase, check)
  const kept = Buffer.from(check.key, 'base64')
  return kept.length === key.length && timingSafeEqual(key, kept)
}

/** As long as a real one: how long a refusal takes must not say which names there are. */
export async function pretendToCheck(passphrase: string, { logN }: Pick<CheckTools, 'logN'>): Promise<void> {
  await keyOf(passphrase, { salt: Buffer.alloc(saltBytes).toString('base64'), logN })
}
