// How we log in: one method, one attempt with the credential. "none" is asked first only to learn what
// the server offers, so that a password goes to the method that takes it and is never sent twice.
import type { AnyAuthMethod, AuthenticationType, NextAuthHandler, ParsedKey } from 'ssh2'
import ssh2 from 'ssh2'
import type { Secret } from '../../shared/domain/command.ts'
import { evidence, type FailureOf, fail, ok, type Result } from '../../shared/domain/failure.ts'

export type Login =
  | { readonly kind: 'key'; readonly privateKey: Secret; readonly passphrase?: Secret }
  | { readonly kind: 'password'; readonly password: Secret }

export type LoginPlan = {
  readonly handler: (left: AuthenticationType[] | null, partial: boolean, next: NextAuthHandler) => void
  /** What the server offered, as far as it said. */
  methodsOffered(): string[]
  /** Set when the key can only be used with SHA-1 on this server. */
  refusedAlgorithm(): string | undefined
}

export function planLogin(user: string, login: Login, weakAlgorithms = false): Result<LoginPlan> {
  if (login.kind === 'password') return ok(passwordPlan(user, login.password))
  const key = parseKey(login)
  return key.ok ? ok(keyPlan(user, key.value, weakAlgorithms)) : key
}

/** Whether this text can log in as it is: a private key, and not one that asks for a passphrase. */
export function checkPrivateKey(privateKey: Secret): Result<void> {
  const key = parseKey({ kind: 'key', privateKey })
  return key.ok ? ok(undefined) : key
}

function keyPlan(user: string, key: ParsedKey, weakAlgorithms: boolean): LoginPlan {
  let offered: string[] = []
  let refused: string | undefined
  let tried = false
  const sign = key.sign.bind(key)
  // ssh2 falls back to SHA-1 signatures when the server names no newer ones. Ours signs one only where a person
  // accepted it.
  key.sign = (data, algorithm) => {
    const isWeak = key.type === 'ssh-rsa' && (algorithm === undefined || algorithm === 'sha1')
    if (!isWeak || weakAlgorithms) return sign(data, algorithm)
    refused = 'ssh-rsa with SHA-1'
    return new Error(refused) as never
  }
  return {
    handler: (left, _partial, next) => {
      if (left) offered = left
      if (tried) return giveUp(next)
      tried = true
      next({ type: 'publickey', username: user, key } as unknown as AnyAuthMethod)
    },
    methodsOffered: () => offered,
    refusedAlgorithm: () => refused,
  }
}

function passwordPlan(user: string, password: Secret): LoginPlan {
  let offered: string[] = []
  let step: 'ask' | 'try' | 'done' = 'ask'
  return {
    handler: (left, _partial, next) => {
      if (left) offered = left
      if (step === 'ask') {
        step = 'try'
        next({ type: 'none', username: user })
      } else if (step === 'try') {
        step = 'done'
        const method = passwordMethod(user, password, offered)
        if (method) next(method)
        else giveUp(next)
      } else giveUp(next)
    },
    methodsOffered: () => offered,
    refusedAlgorithm: () => undefined,
  }
}

function passwordMethod(user: string, password: Secret, offered: readonly string[]): AnyAuthMethod | undefined {
  if (offered.includes('password')) return { type: 'password', username: user, password: password.reveal() }
  if (!offered.includes('keyboard-interactive')) return undefined
  let answered = false
  return {
    type: 'keyboard-interactive',
    username: user,
    // One hidden question is the password; anything else (a code, a new password) gets no answer from us.
    prompt: (_name, _instructions, _language, prompts, finish) => {
      const isPassword = prompts.length === 1 && prompts[0]?.echo === false && !answered
      answered = true
      finish(prompts.map(() => (isPassword ? password.reveal() : '')))
    },
  }
}

function giveUp(next: NextAuthHandler): void {
  // ssh2 takes false for "nothing left to try"; its types do not say so.
  next(false as unknown as AnyAuthMethod)
}

function parseKey(login: Extract<Login, { kind: 'key' }>): Result<ParsedKey> {
  const parsed = ssh2.utils.parseKey(login.privateKey.reveal(), login.passphrase?.reveal()) as
    | ParsedKey
    | ParsedKey[]
    | Error
  if (parsed instanceof Error)
    return fail({ kind: 'identity-unusable', file: 'private key', reason: keyProblem(parsed) })
  const key = Array.isArray(parsed) ? parsed[0] : parsed
  if (!key?.isPrivateKey()) return fail({ kind: 'identity-unusable', file: 'private key', reason: 'not-a-key' })
  return ok(key)
}

function keyProblem(error: Error): FailureOf<'identity-unusable'>['reason'] {
  return /encrypted|passphrase|bad decrypt|integrity check/i.test(evidence(error.message)) ? 'encrypted' : 'not-a-key'
}
