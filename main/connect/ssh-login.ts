// How we log in: one method after the other only where the server says that each of them was right, and an end at
// the first one it refuses. "none" is asked first where a password or answers are all we have, so that they go to
// the method that takes them and are never sent twice.
import type { AnyAuthMethod, AuthenticationType, NextAuthHandler, ParsedKey } from 'ssh2'
import type { Secret } from '../../shared/domain/command.ts'
import { type FailureOf, ok, type Result } from '../../shared/domain/failure.ts'
import { type AgentKey, OneKeyAgent } from './agent.ts'
import { type Answering, type Answers, answering, type Question, readQuestions } from './login-answers.ts'
import { type PrivateKey, readPrivateKey } from './private-key.ts'

/** `answers` go to whatever else the server asks, once. */
export type Login = (
  | ({ readonly kind: 'key' } & PrivateKey)
  | { readonly kind: 'password'; readonly password: Secret }
  | { readonly kind: 'agent'; readonly key: AgentKey }
  | { readonly kind: 'answers' }
) & { readonly answers?: Answers }

/** With its key read. Opening an encrypted one stops the whole process for a moment, so it is done once for all links. */
export type ReadyLogin = Exclude<Login, { kind: 'key' }> | ReadyKey
type ReadyKey = { readonly kind: 'key'; readonly key: ParsedKey; readonly answers?: Answers }

/** Why a plan ends a login by itself. */
export type LoginStop = { readonly questions: readonly Question[] } | FailureOf<'agent-unusable'>

export type LoginPlan = {
  readonly handler: (left: AuthenticationType[] | null, partial: boolean, next: NextAuthHandler) => void
  /** What the server offered, as far as it said; after a part of the login went well, what is still missing. */
  methodsOffered(): string[]
  /** Set when the key can only be used with SHA-1 on this server. */
  refusedAlgorithm(): string | undefined
  /** Told when there is nothing that this login can say: the link is to be closed. */
  onStop(listener: (stop: LoginStop) => void): void
}

type Method = AnyAuthMethod | 'stop' | 'give-up'

export function readyLogin(login: Login): Result<ReadyLogin> {
  if (login.kind !== 'key') return ok(login)
  const key = readPrivateKey(login)
  const { answers } = login
  return key.ok ? ok({ kind: 'key', key: key.value, ...(answers && { answers }) }) : key
}

export function planLogin(user: string, login: ReadyLogin, weakAlgorithms = false): LoginPlan {
  const left = answering(login)
  let offered: string[] = []
  let refused: string | undefined
  let last: AuthenticationType | undefined
  const listeners: ((stop: LoginStop) => void)[] = []
  const stop = (why: LoginStop): void => {
    for (const tell of listeners) tell(why)
  }
  /** ssh2 falls back to SHA-1 signatures when the server names no newer ones. */
  const refuseSha1 = (type: string, hash: string | undefined): string | undefined => {
    if (type !== 'ssh-rsa' || weakAlgorithms || (hash !== undefined && hash !== 'sha1')) return undefined
    refused = 'ssh-rsa with SHA-1'
    return refused
  }
  const first = (): AnyAuthMethod => {
    if (login.kind === 'key') return keyMethod(user, login.key, refuseSha1)
    if (login.kind !== 'agent') return { type: 'none', username: user }
    const { key: agentKey } = login
    const refuse = (hash: string | undefined) => refuseSha1(agentKey.key.type, hash)
    return { type: 'agent', username: user, agent: new OneKeyAgent(agentKey, stop, refuse) }
  }
  return {
    handler: (methods, partial, next) => {
      if (methods) offered = methods
      const method = last === undefined ? first() : nextMethod({ user, offered, left, stop }, last, partial)
      // ssh2 takes false for "nothing left to try"; its types do not say so.
      if (method === 'give-up') return next(false as unknown as AnyAuthMethod)
      if (method === 'stop') return
      last = method.type
      next(method)
    },
    methodsOffered: () => offered,
    refusedAlgorithm: () => refused,
    onStop: (listener) => void listeners.push(listener),
  }
}

type Situation = {
  readonly user: string
  readonly offered: readonly string[]
  readonly left: Answering
  readonly stop: (why: LoginStop) => void
}

function nextMethod({ user, offered, left, stop }: Situation, last: AuthenticationType, partial: boolean): Method {
  // One refusal is the end, whatever else the server would let us try.
  if (last !== 'none' && !partial) return 'give-up'
  const password = offered.includes('password') ? left.takePassword() : undefined
  if (password !== undefined) return { type: 'password', username: user, password: password.reveal() }
  const asks = offered.includes('keyboard-interactive') && last !== 'keyboard-interactive'
  if (asks && (partial || left.hasAny())) return questionsMethod(user, left, stop)
  if (!offered.includes('password')) return 'give-up'
  const questions = [{ text: 'Password:', hidden: true }]
  const answer = left.answersTo(questions)?.[0]
  if (answer !== undefined) return { type: 'password', username: user, password: answer.reveal() }
  if (!partial && !left.hasAny()) return 'give-up'
  stop({ questions })
  return 'stop'
}

function questionsMethod(user: string, left: Answering, stop: Situation['stop']): AnyAuthMethod {
  return {
    type: 'keyboard-interactive',
    username: user,
    prompt: (_name, _instructions, _language, prompts, finish) => {
      const questions = readQuestions(prompts)
      const answers = left.answersTo(questions)
      if (answers === undefined) stop({ questions })
      else finish(answers.map((answer) => answer.reveal()))
    },
  }
}

function keyMethod(
  user: string,
  key: ParsedKey,
  refuse: (type: string, hash: string | undefined) => string | undefined,
): AnyAuthMethod {
  const sign: ParsedKey['sign'] = (data, hash) => {
    const refusal = refuse(key.type, hash)
    return refusal === undefined ? key.sign(data, hash) : (new Error(refusal) as never)
  }
  // The key itself belongs to every link of this login.
  const careful = Object.create(key, { sign: { value: sign } })
  return { type: 'publickey', username: user, key: careful } as unknown as AnyAuthMethod
}
