// Whether what a model was measured at under load says something: answers that ended too early, and figures that few answers
// or much shorter ones stand behind.
import type { AcceptanceSettings, AcceptedLoad } from '../../domain/acceptance.ts'

type Level = AcceptedLoad['levels'][number]

/** An engine that was told to write so many tokens, and ends before, is fast because it does less. */
export function isCutShort(
  outputIs: 'enforced' | 'up-to',
  { outputTokens }: Level,
  settings: AcceptanceSettings,
): boolean {
  return outputIs === 'enforced' && outputTokens !== undefined && outputTokens < 0.9 * settings.outputTokens
}

/** Few answers, or much shorter ones and prompts than were agreed on: figures that say little. */
export function isRough({ isShort, tpotMs, outputTokens, promptTokens }: Level, settings: AcceptanceSettings): boolean {
  const isFar = (tokens: number | undefined, wanted: number) => tokens !== undefined && tokens < wanted / 2
  return (
    isShort === true ||
    tpotMs === undefined ||
    isFar(outputTokens, settings.outputTokens) ||
    isFar(promptTokens, settings.inputTokens)
  )
}
