// The steps of a plan and of a journal in words: by their ids, which outlive the plan they came from.
import type { StepKindName } from '../../shared/domain/plan.ts'
import type { Words } from '../../shared/words/words.ts'

/** "artifact.qwen3-8b" as an act: "Copy qwen3-8b to the server". An id of another form is shown as it is. */
export function stepIdText(id: string, words: Words): string {
  const dot = id.indexOf('.')
  const kind = dot < 0 ? '' : id.slice(0, dot)
  return isKind(kind, words) ? words.steps[kind](id.slice(dot + 1)) : id
}

function isKind(word: string, words: Words): word is StepKindName {
  return Object.hasOwn(words.steps, word)
}
