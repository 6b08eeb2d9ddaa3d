// Questions to the console from a screen: asked by name, answered with a value or a failure, asked again
// when the link is back. Nothing throws into a screen.
import { hashKey, type QueryKey, queryOptions, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import type { Failure, Result } from '../../shared/domain/failure.ts'
import { received } from './received.ts'

/** `atMs`: when the value was answered. `problem`: asking again failed, the value is the old one. */
export type Answer<T> =
  | { readonly state: 'waiting' }
  | { readonly state: 'answered'; readonly value: T; readonly atMs: number; readonly problem?: Failure }
  | { readonly state: 'failed'; readonly failure: Failure }

export type Question<T> = {
  /** Names the answer: equal keys share it. The first word is the call, such as "appliances.list". */
  readonly key: readonly [string, ...unknown[]]
  readonly ask: () => Promise<Result<T>>
  /** Asked again after this long; without it only on mount and on request. */
  readonly everyMs?: number
  readonly enabled?: boolean
}

class FailureError extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.kind)
    this.failure = failure
  }
}

export function useAnswer<T>({ key, ask, everyMs, enabled = true }: Question<T>): {
  readonly answer: Answer<T>
  readonly asking: boolean
  readonly askAgain: () => void
} {
  const query = useQuery<T, FailureError>(queryOf({ key, ask, enabled, ...(everyMs === undefined ? {} : { everyMs }) }))
  const { refetch, isFetching } = query
  const standing = useStandingError()
  const askAgain = useCallback(() => void refetch(), [refetch])
  return { answer: answerOf(query, standing(key, query)), asking: isFetching, askAgain }
}

/** Several questions at once, answered each for itself, in their order. */
export function useAnswers<T>(questions: readonly Question<T>[]): readonly Answer<T>[] {
  const queries = useQueries({ queries: questions.map((question) => queryOf(question)) })
  const standing = useStandingError()
  return queries.map((query, place) => answerOf(query, standing(questions[place]?.key ?? [], query)))
}

type Asked<T> = {
  readonly data: T | undefined
  readonly error: FailureError | null
  readonly isFetching: boolean
  readonly dataUpdatedAt: number
}

/**
 * The failure that a question has now. One without an answer that is asked again has none in query-core until the next
 * one is there; here the last one stands until then, so that what a person does about it stays open.
 */
function useStandingError(): <T>(key: QueryKey, asked: Asked<T>) => FailureError | null {
  const last = useRef(new Map<string, FailureError>())
  return (key, { data, error, isFetching }) => {
    const name = hashKey(key)
    if (error !== null) last.current.set(name, error)
    else if (data !== undefined || !isFetching) last.current.delete(name)
    return error ?? last.current.get(name) ?? null
  }
}

function queryOf<T>({ key, ask, everyMs, enabled = true }: Question<T>) {
  return queryOptions<T, FailureError>({
    queryKey: key,
    enabled,
    retry: false,
    refetchOnWindowFocus: false,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
    queryFn: async () => {
      const got = await received(key[0], ask())
      if (!got.ok) throw new FailureError(got.failure)
      return got.value
    },
  })
}

function answerOf<T>({ data, dataUpdatedAt }: Asked<T>, error: FailureError | null): Answer<T> {
  if (data !== undefined) {
    return {
      state: 'answered',
      value: data,
      atMs: dataUpdatedAt,
      ...(error === null ? {} : { problem: error.failure }),
    }
  }
  return error === null ? { state: 'waiting' } : { state: 'failed', failure: error.failure }
}

/** Takes in an answer that was just heard another way: whoever shows it need not ask first. */
export function useLearn(): <T>(key: Question<T>['key'], value: T) => void {
  const client = useQueryClient()
  return useCallback((key, value) => void client.setQueryData(key, value), [client])
}

/** Says that answers whose key begins so are not true any more: they are asked again where they are shown. */
export function useOutdate(): (...key: QueryKey) => void {
  const client = useQueryClient()
  return useCallback((...key) => void client.invalidateQueries({ queryKey: key }), [client])
}
