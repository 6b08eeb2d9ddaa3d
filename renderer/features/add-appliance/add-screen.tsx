// Adding an appliance, one question at a time: where it is, whether it is the right one, how to log in, what
// it is called. A saved one whose login is gone goes the same way, without the last question.
import { useTranslation } from 'react-i18next'
import type { Address } from '../../../shared/domain/appliance.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { AddQuestions } from './add-questions.tsx'
import type { OnAdded } from './use-add-journey.ts'

export type AddScreenProps = {
  /** The name of a saved appliance whose login is given again. */
  readonly again: string | undefined
  readonly onLeave: () => void
  readonly onAdded: OnAdded
  /** Where it is, as somebody said already. */
  readonly begin?: Address | undefined
}

export function AddScreen({ again, onLeave, onAdded, begin }: AddScreenProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { answer, askAgain } = useAnswer({ key: ['appliances.list'], ask: () => product.appliances.list({}) })
  if (answer.state === 'waiting') return <Loading label={t('frame.loading')} />
  if (answer.state === 'failed') {
    return (
      <Page title={t('frame.add')} narrow>
        <FailureNote failure={answer.failure} onRetry={askAgain} />
      </Page>
    )
  }
  const saved = answer.value.find(({ name }) => name === again)
  const taken = answer.value.map(({ name }) => name)
  return <AddQuestions saved={saved} taken={taken} onLeave={onLeave} onAdded={onAdded} begin={begin} />
}
