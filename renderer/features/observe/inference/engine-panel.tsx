// The dashboard of one deployment. What its engine does not say is told in words in the place of its chart.
import { useTranslation } from 'react-i18next'
import type { Reading } from '../../../../shared/domain/reading.ts'
import type { Quantile } from '../../../../shared/observe/histogram.ts'
import { threeDigits } from '../../../../shared/words/amounts.ts'
import { durationText } from '../../../../shared/words/durations.ts'
import { useLanguage } from '../../../console/console-context.tsx'
import type { ChartGroup } from '../../../ui/chart/chart-group.ts'
import { Panel } from '../../../ui/panel.tsx'
import { percentText } from '../figures.ts'
import { HistoryRow } from '../history/history-row.tsx'
import { niceMax } from '../history/quantities.ts'
import { type EngineLines, type EnginePart, engineParts } from './engine-lines.ts'

export function lineName(deployment: string, part: EnginePart): string {
  return `${deployment} ${part}`
}

export type EnginePanelProps = {
  readonly group: ChartGroup
  readonly deployment: string
  readonly engine: EngineLines
}

export function EnginePanel({ group, deployment, engine }: EnginePanelProps) {
  const { t } = useTranslation()
  const figure = useFigure(engine)
  const show = useShow()
  return (
    <Panel title={deployment} testId={`engine-${deployment}`}>
      <div className="rs-cards" data-columns={4}>
        {engineParts.map((part) => {
          const line = engine.lines.get(part)
          const name = t(`history.inference.${part}`)
          return (
            <section key={part} className="rs-card" aria-label={name} data-testid={`engine-part-${part}`}>
              {line === undefined ? (
                <NotSaid name={name} />
              ) : (
                <HistoryRow
                  {...{ group, name }}
                  line={lineName(deployment, part)}
                  of={deployment}
                  show={show[part]}
                  max={maxOf(part, line.high)}
                  figure={figure(part)}
                />
              )}
            </section>
          )
        })}
      </div>
    </Panel>
  )
}

function NotSaid({ name }: { readonly name: string }) {
  const { t } = useTranslation()
  return (
    <div className="rs-line rs-line-past">
      <div className="rs-line-head">
        <span className="rs-line-name" title={name}>
          {name}
        </span>
      </div>
      <p className="rs-not-said">{t('history.inference.notSaid')}</p>
    </div>
  )
}

const least: { readonly [P in EnginePart]: number } = {
  ...{ tokens: 10, prompt: 10, ttftHalf: 1, ttftMost: 1, running: 4, waiting: 4, kv: 1, errors: 4 },
}

function maxOf(part: EnginePart, high: readonly (number | null | undefined)[]): number {
  const largest = high.reduce<number>((most, value) => Math.max(most, value ?? 0), 0)
  return part === 'kv' ? Math.max(1, largest) : niceMax(largest, least[part])
}

function useShow(): { readonly [P in EnginePart]: (value: number) => string } {
  const { t } = useTranslation()
  const rate = (value: number) => t('history.inference.perSecond', { value: threeDigits(value) })
  const seconds = useSecondsText()
  return {
    ...{ tokens: rate, prompt: rate, ttftHalf: seconds, ttftMost: seconds, running: threeDigits, waiting: threeDigits },
    ...{ kv: (value) => percentText(value * 100), errors: threeDigits },
  }
}

function useSecondsText(): (seconds: number) => string {
  const language = useLanguage()
  return (seconds) => durationText(seconds * 1000, language)
}

/** What stands in place of mean and highest; percentiles are of all requests of the time. */
function useFigure({ ttft, errors }: EngineLines): (part: EnginePart) => string | undefined {
  const { t } = useTranslation()
  const seconds = useSecondsText()
  const said = (reading: Reading<Quantile>) => {
    if (reading.state !== 'known') return t('history.inference.noneAsked')
    const text = seconds(reading.value.value)
    return reading.value.above ? t('history.inference.atLeast', { value: text }) : text
  }
  return (part) => {
    if (part === 'ttftHalf') return said(ttft.half)
    if (part === 'ttftMost') return said(ttft.most)
    return part === 'errors' ? t('history.inference.errorsIn', { count: Math.round(errors) }) : undefined
  }
}
