// How much of what has to be copied is there, how fast the rest comes. While the link to the console is lost
// it stands still and is greyed: a bar never moves by itself.
import { useTranslation } from 'react-i18next'
import { bytesText } from '../../../shared/words/amounts.ts'
import { guessText } from '../../../shared/words/durations.ts'
import { useLanguage } from '../../console/console-context.tsx'
import { Meter } from '../../ui/meter.tsx'
import { type Copied, copyingLeftMs } from './copying.ts'

export type CopyingBarProps = {
  readonly copied: Copied
  /** Undefined: nothing is being sent, or not long enough to know. */
  readonly rate: number | undefined
  readonly lost: boolean
}

export function CopyingBar({ copied, rate, lost }: CopyingBarProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { totalBytes, doneBytes } = copied
  if (totalBytes === 0) return null
  const share = doneBytes / totalBytes
  const amounts = { done: bytesText(doneBytes), total: bytesText(totalBytes) }
  const leftMs = copyingLeftMs(copied, rate)
  const parts =
    lost || rate === undefined
      ? []
      : [
          rate > 0 ? t('setup.run.rate', { rate: bytesText(rate) }) : t('setup.run.standsStill'),
          ...(leftMs === undefined ? [] : [t('setup.run.copyingLeft', { time: guessText(leftMs, language) })]),
        ]
  return (
    <div className="su-copying" data-testid="copying">
      <Meter share={share} height="thick" tone="working" faded={lost} label={t('setup.run.copiedLabel', amounts)} />
      <div className="su-copying-figures">
        <span>
          {t('setup.run.bytes', amounts)}
          {parts.map((part) => (
            <span key={part}> · {part}</span>
          ))}
        </span>
        <strong>{Math.floor(share * 100)} %</strong>
      </div>
    </div>
  )
}
