// What happened meanwhile, asked again and again; the same answer for the bell and for the list behind it.
import type { Notification } from '../../../shared/domain/notification.ts'
import { type Answer, useAnswer } from '../answers.ts'
import { useConsole } from '../console-context.tsx'

const askEveryMs = 15_000

export function useNotes(): { readonly answer: Answer<Notification[]>; readonly askAgain: () => void } {
  const { product } = useConsole()
  return useAnswer({
    key: ['notifications.list'],
    ask: () => product.notifications.list({}),
    everyMs: askEveryMs,
  })
}
