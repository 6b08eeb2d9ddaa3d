// Two acceptances beside each other, as lines for a person.
import type { AcceptanceComparison } from '../../../shared/domain/acceptance.ts'
import { acceptanceFigureText, acceptancePointText } from '../../../shared/words/acceptance-text.ts'
import { changeText } from '../../../shared/words/bench-amounts.ts'
import type { Words } from '../../../shared/words/words.ts'

export function acceptanceComparisonLines(comparison: AcceptanceComparison, words: Words): string[] {
  const { acceptance: said, bench, cli } = words
  const { before, after, otherMachine, otherSettings, changes, rows, points } = comparison
  const figures = rows.map(({ figure, about, percent, change, ...row }) => {
    const values = `${acceptanceFigureText(figure, row.before)} -> ${acceptanceFigureText(figure, row.after)}`
    const text = percent === undefined ? values : `${values} (${changeText(percent)})`
    const marked = change === 'same' ? text : cli.list([text, bench.changes[change]])
    const name = about === '' ? said.figures[figure] : cli.list([about, said.figures[figure]])
    return cli.pair(name, marked)
  })
  const came = points.came.map((one) => cli.pair(said.came, acceptancePointText(one, words)))
  const gone = points.gone.map((one) => cli.pair(said.gone, acceptancePointText(one, words)))
  const changed = changes.map(({ what, before: was, after: is }) => said.changed(what, was, is))
  const isSame = rows.every(({ change }) => change === 'same') && changed.length + came.length + gone.length === 0
  return [
    ...[said.head(before), said.head(after)],
    ...(otherMachine ? [said.otherMachine] : []),
    ...(otherSettings.length > 0 ? [said.otherSettings(otherSettings)] : []),
    ...[...changed, ...figures, ...came, ...gone],
    ...(isSame ? [said.same] : []),
  ]
}
