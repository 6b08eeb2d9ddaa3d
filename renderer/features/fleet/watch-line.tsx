// Who watches when nobody looks at this page, and what to do where nobody does.
import { Button, Popover } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { useClockText } from '../../console/verdict-time.tsx'

const askEveryMs = 15_000

/** Nothing until the console has said it. */
export function WatchLine() {
  const { t } = useTranslation()
  const { product } = useConsole()
  const clockText = useClockText()
  const { answer } = useAnswer({
    key: ['observe.watching'],
    ask: () => product.observe.watching({}),
    everyMs: askEveryMs,
  })
  if (answer.state !== 'answered') return null
  const { watching, appliances } = answer.value
  const missed = appliances.filter(({ link }) => link === 'lost').map(({ name }) => name)
  const unreached =
    missed.length === 0 ? null : <span> · {t('fleet.watch.unreached', { names: missed.join(', ') })}</span>
  if (watching?.how === 'always') {
    const said = { time: clockText(watching.sinceMs), computer: watching.computer }
    return (
      <div className="rs-watch-line">
        {t('fleet.watch.always', said)}
        {unreached}
      </div>
    )
  }
  return (
    <div className="rs-watch-line">
      {watching === null ? t('fleet.watch.nobody') : t('fleet.watch.whileOpen', { time: clockText(watching.sinceMs) })}{' '}
      <Popover trigger="click" content={<Remedy />}>
        <Button type="link" size="small" className="rs-watch-remedy">
          {t('fleet.watch.remedy')}
        </Button>
      </Popover>
      {unreached}
    </div>
  )
}

function Remedy() {
  const { t } = useTranslation()
  return (
    <div className="rs-watch-how">
      <p>{t('fleet.watch.how')}</p>
      <code>rackside serve --unit</code>
    </div>
  )
}
