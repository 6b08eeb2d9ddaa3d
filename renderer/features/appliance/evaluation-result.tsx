// What came of an evaluation: the share of right answers with its interval, category by category, and what has to be known
// to read it: what could not be read, what failed, and what the set is not.
import { useTranslation } from 'react-i18next'
import type { EvaluationResult } from '../../../shared/domain/evaluation.ts'
import { intervalText, scorePercent } from '../../../shared/words/evaluation-amounts.ts'
import { useWords } from '../../console/console-context.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { IntervalBar } from '../../ui/interval-bar.tsx'

/** `isBesideForm`: what a set does not say is said there. */
type OutcomeProps = { readonly result: EvaluationResult; readonly isBesideForm?: boolean }

export function EvaluationOutcome({ result, isBesideForm = false }: OutcomeProps) {
  const { evaluation: said } = useWords()
  const { score, set, settings, planned, end, thinks } = result
  const notes = [
    said.ends[end],
    said.sample(settings, planned),
    score.unreadable > 0 ? said.unreadable(score.unreadable) : undefined,
    score.failed > 0 ? said.failed(score.failed) : undefined,
    thinks === true ? said.thinks : undefined,
    isBesideForm ? undefined : set.builtIn === true ? said.smoke : said.caveat,
  ].filter((one) => one !== undefined)
  return (
    <div className="rs-evaluation" data-testid="evaluation-result">
      <div>
        <strong>{said.score(score)}</strong>
        {score.interval === undefined ? null : (
          <IntervalBar {...score.interval} value={score.interval.share} label={said.score(score)} />
        )}
      </div>
      <p className="rs-muted">{said.subject(result)}</p>
      <p className="rs-muted">{said.set(set)}</p>
      <p className="rs-muted">{said.took(result)}</p>
      {notes.length === 0 ? null : (
        <ul className="rs-points">
          {notes.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
      <Categories result={result} />
    </div>
  )
}

function Categories({ result: { categories } }: { readonly result: EvaluationResult }) {
  const { t } = useTranslation()
  const { evaluation: said } = useWords()
  if (categories.length === 0) return null
  const columns = [
    { id: 'category', name: t('appliance.evaluation.category'), align: 'start' as const },
    { id: 'right', name: t('appliance.evaluation.right') },
    { id: 'share', name: t('appliance.evaluation.share') },
    { id: 'interval', name: t('appliance.evaluation.interval') },
    { id: 'bar', name: '', align: 'start' as const },
  ]
  const rows = categories.map(({ name, score: { right, asked, interval }, score }) => ({
    id: name,
    cells: [
      ...[name, `${right} / ${asked}`],
      ...(interval === undefined
        ? ['–', '–', '']
        : [
            ...[scorePercent(interval.share), intervalText(interval)],
            <IntervalBar key="bar" {...interval} value={interval.share} label={said.category(name, score)} />,
          ]),
    ],
  }))
  return (
    <DataTable {...{ caption: t('appliance.evaluation.category'), columns, rows }} testId="evaluation-categories" />
  )
}
