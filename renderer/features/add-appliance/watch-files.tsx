// What root has to put in place for a login that only watches: both files as they are, to be read before they are
// used.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { CopyBlock } from '../../console/copy-block.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { Loading } from '../../ui/loading.tsx'

export type WatchHelperFilesProps = { readonly user: string; readonly onLookAgain: () => void }

export function WatchHelperFiles({ user, onLookAgain }: WatchHelperFilesProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { answer, askAgain } = useAnswer({
    key: ['privilege.watchHelper', user],
    ask: () => product.privilege.watchHelper({ user }),
  })
  if (answer.state === 'waiting') return <Loading label={t('frame.loading')} />
  if (answer.state === 'failed') return <FailureNote failure={answer.failure} onRetry={askAgain} />
  const { script, sudoers } = answer.value
  return (
    <section className="rs-form" data-testid="watch-helper">
      <p>{t('access.helperLead', { user })}</p>
      {[script, sudoers].map(({ path, mode, text }) => (
        <div key={path}>
          <h3 className="rs-code">{t('access.helperFile', { path, mode })}</h3>
          <CopyBlock text={text} label={t('access.helperCopy')} />
        </div>
      ))}
      <div className="rs-row">
        <Button onClick={onLookAgain}>{t('access.lookAgain')}</Button>
      </div>
    </section>
  )
}
