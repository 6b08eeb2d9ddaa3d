// What has to be known before anybody can be asked to trust a new key: how the address is reached, whose it is, and
// which key is shown there. A changed key was seen; behind another machine it is looked at again, without a login.
import type { FailureOf } from '../../shared/domain/failure.ts'
import { type Answer, useAnswer } from './answers.ts'
import { useConsole } from './console-context.tsx'
import { namesAt, type Way, wayTo } from './way-to.ts'

export type Retrustable = FailureOf<'host-key-changed' | 'other-machine'>

export type RetrustQuestion = {
  readonly way: Way
  readonly names: readonly string[]
  readonly keyType: string
  readonly fingerprint: string
}

export function useRetrustQuestion(failure: Retrustable): {
  readonly answer: Answer<RetrustQuestion>
  readonly askAgain: () => void
} {
  const { product } = useConsole()
  const { host, port } = failure
  const list = useAnswer({ key: ['appliances.list'], ask: () => product.appliances.list({}) })
  const saved = list.answer.state === 'answered' ? list.answer.value : undefined
  const way = wayTo(failure, saved ?? [])
  const unseen = failure.kind === 'other-machine'
  const look = useAnswer({
    key: ['appliances.greet', host, port],
    ask: () => product.appliances.greet(way),
    enabled: unseen && saved !== undefined,
  })
  if (list.answer.state === 'failed') return { answer: list.answer, askAgain: list.askAgain }
  if (unseen && look.answer.state === 'failed') return { answer: look.answer, askAgain: look.askAgain }
  const looked = look.answer.state === 'answered' ? look.answer.value : undefined
  const shown = failure.kind === 'host-key-changed' ? { ...failure, fingerprint: failure.offered } : looked
  if (list.answer.state === 'waiting' || shown === undefined) {
    return { answer: { state: 'waiting' }, askAgain: look.askAgain }
  }
  const { keyType, fingerprint } = shown
  const value = { way, names: namesAt(failure, list.answer.value), keyType, fingerprint }
  return { answer: { state: 'answered', value, atMs: list.answer.atMs }, askAgain: look.askAgain }
}
