// A failure in the words of a window: the sentences of the product, with those next steps replaced that name
// a terminal's commands, and its own fields as a list that a person can read.
import { useTranslation } from 'react-i18next'
import { namedRejections } from '../../shared/domain/choice.ts'
import type { Failure } from '../../shared/domain/failure.ts'
import { bytesText } from '../../shared/words/amounts.ts'
import type { FailureText } from '../../shared/words/failure-words.ts'
import { failureText } from '../../shared/words/language.ts'
import { rejectedName, rejectionText } from '../../shared/words/rejection-words.ts'
import type { english } from '../i18n/english.ts'
import { useWords } from './console-context.tsx'

type NextHere = keyof typeof english.failure.next

export function useFailureText(failure: Failure): FailureText {
  const { t, i18n } = useTranslation()
  const isNextHere = (kind: string): kind is NextHere => i18n.exists(`failure.next.${kind}`)
  const said = failureText(failure, useWords())
  const what = failure.kind === 'internal' ? t('failure.internalWhat') : said.what
  return { what, next: isNextHere(failure.kind) ? t(`failure.next.${failure.kind}`) : said.next }
}

type EveryField<F> = F extends unknown ? Exclude<keyof F, 'kind'> : never
type FieldName = EveryField<Failure>
type Field = { readonly name: FieldName; readonly label: string; readonly value: string }

/** Codes, and what is no text: the sentence has them in words. */
const inSentence = ['kind', 'reason', 'packages', 'limit', 'role', 'outcome', 'output']

/** Who somebody is, and what they may: their sentences say all of it. */
const saysAll: readonly Failure['kind'][] = [
  ...(['sign-in-needed', 'sign-in-refused', 'sign-in-locked', 'sign-in-busy', 'not-permitted', 'not-granted'] as const),
  ...(['second-person-needed', 'operator-unusable', 'provider-unusable'] as const),
  ...(['provider-sign-in-refused', 'subject-unknown'] as const),
]

/** What the sentence says already is left out; nothing is hidden, the copied block has it. */
export function useFailureFields(failure: Failure): readonly Field[] {
  const { t } = useTranslation()
  const words = useWords()
  if (failure.kind === 'no-variant-fits') {
    const { named, others } = namedRejections(failure.rejected)
    const fields = named.map((one) => ({
      name: 'rejected' as const,
      label: rejectedName(one),
      value: one.rejections.map((reason) => rejectionText(reason, words.rejections)).join(' · '),
    }))
    const more = { name: 'rejected' as const, label: '…', value: words.rejections.others(others) }
    return others === 0 ? fields : [...fields, more]
  }
  if (saysAll.includes(failure.kind)) return []
  return Object.entries(failure)
    .filter(([name, value]) => !inSentence.includes(name) && isShown(value))
    .map(([name, value]) => {
      const field = name as FieldName
      return { name: field, label: t(`failure.fields.${field}`), value: shownField(name, value) }
    })
}

/** Of a yes or no the sentence speaks; a list may be empty because nothing was said. */
function isShown(value: unknown): boolean {
  return (
    value !== '' && value !== undefined && typeof value !== 'boolean' && !(Array.isArray(value) && value.length === 0)
  )
}

function shownField(name: string, value: unknown): string {
  if (typeof value === 'number') return name.endsWith('Bytes') ? bytesText(value) : String(value)
  if (typeof value === 'string') return value
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
    ? value.join(' · ')
    : JSON.stringify(value)
}

/** For a report: the sentence, then the failure as it is. */
export function copyText(failure: Failure, text: FailureText): string {
  return `${text.what}\n${text.next}\n\n${JSON.stringify(failure, null, 2)}`
}
