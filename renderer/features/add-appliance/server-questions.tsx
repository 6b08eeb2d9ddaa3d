// What a server asks at its login beyond a password: a field for each question, hidden where the server wants it so.
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addressText } from '../../../shared/domain/appliance.ts'
import type { FailureOf } from '../../../shared/domain/failure.ts'
import { Field } from '../../ui/field.tsx'

export type ServerQuestionsProps = {
  readonly failure: FailureOf<'login-questions'>
  readonly onAnswer: (answers: readonly string[]) => void
}

export function ServerQuestions({ failure, onAnswer }: ServerQuestionsProps) {
  const { t } = useTranslation()
  const { questions } = failure
  const nothing = questions.map(() => '')
  const [answers, setAnswers] = useState<readonly string[]>(nothing)
  return (
    <form
      className="rs-form"
      aria-label={t('access.questionsTitle', { place: addressText(failure) })}
      onSubmit={(event) => {
        event.preventDefault()
        onAnswer(answers)
        setAnswers(nothing)
      }}
    >
      <h2>{t('access.questionsTitle', { place: addressText(failure) })}</h2>
      {questions.map(({ text, hidden }, place) => {
        const Control = hidden ? Input.Password : Input
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a server may ask the same twice
          <Field key={place} label={<span translate="no">{text}</span>} hint={t('access.answerHint')}>
            {(control) => (
              <Control
                {...control}
                {...(hidden ? { visibilityToggle: false } : {})}
                autoFocus={place === 0}
                value={answers[place] ?? ''}
                autoComplete="off"
                spellCheck={false}
                maxLength={1024}
                onChange={(event) => setAnswers(answers.map((one, at) => (at === place ? event.target.value : one)))}
              />
            )}
          </Field>
        )
      })}
      <div className="rs-row">
        <Button htmlType="submit">{t('access.answer')}</Button>
      </div>
    </form>
  )
}
