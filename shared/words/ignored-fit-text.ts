// A sum of memory that somebody ignores, in words: in every place that shows the plan.
import type { IgnoredFit } from '../domain/ignored-fit.ts'
import { bytesText } from './amounts.ts'
import type { Words } from './words.ts'

export function ignoredFitText({ service, needBytes, availableBytes }: IgnoredFit, { cautions }: Words): string {
  return cautions.fitIgnored(service, bytesText(needBytes), bytesText(availableBytes))
}
