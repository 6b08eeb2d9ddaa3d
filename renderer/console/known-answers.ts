// What other screens of this window were answered: for who looks through it and asks nobody.
import { useQueryClient } from '@tanstack/react-query'

/** Answers that are known in this window, by what stands behind the call's name; nothing is asked. */
export function useKnownAnswers<T>(call: string): readonly (readonly [of: string, value: T])[] {
  const client = useQueryClient()
  return client.getQueriesData<T>({ queryKey: [call] }).flatMap(([key, value]) => {
    const of = key[1]
    return typeof of === 'string' && value !== undefined ? [[of, value] as const] : []
  })
}
