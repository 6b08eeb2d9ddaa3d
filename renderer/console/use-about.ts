// Which shell shows this page, and what it can do; undefined until it has said so.
import { useAnswer } from './answers.ts'
import { useConsole } from './console-context.tsx'

export function useAbout() {
  const console = useConsole()
  const { answer } = useAnswer({ key: ['window.about'], ask: () => console.window.about({}) })
  return answer.state === 'answered' ? answer.value : undefined
}
