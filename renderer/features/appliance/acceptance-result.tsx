// What came of an acceptance: whether it is one and why, the figures that matter, and the files that are handed over.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AcceptanceVerdict, KeptAcceptance } from '../../../shared/domain/acceptance.ts'
import { acceptancePointText } from '../../../shared/words/acceptance-text.ts'
import { threeDigits } from '../../../shared/words/amounts.ts'
import { percentText, twoTimesText } from '../../../shared/words/bench-amounts.ts'
import { useConsole, useLanguage, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { sentenceOf } from '../../console/sentence.ts'
import { useAct } from '../../console/use-act.ts'
import { useSaveFiles } from '../../console/use-save-files.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Panel } from '../../ui/panel.tsx'
import { type MarkState, VerdictMark } from '../../ui/verdict-mark.tsx'

export const markOfAcceptance: { readonly [V in AcceptanceVerdict]: MarkState } = {
  ...{ accepted: 'healthy', open: 'degraded', refused: 'down' },
}

export function AcceptanceResult({ kept: { document, signature } }: { readonly kept: KeptAcceptance }) {
  const words = useWords()
  const language = useLanguage()
  const { acceptance: said } = words
  const { acceptanceId, verdict, points, appliance } = document
  const weight = verdict === 'refused' ? 'refuses' : 'open'
  return (
    <Panel title={acceptanceId} tone={verdict === 'refused' ? 'needs' : 'plain'} testId="acceptance-result">
      {appliance.demo === true ? <p className="rs-muted">{said.demo}</p> : null}
      <VerdictMark state={markOfAcceptance[verdict]} word={said.verdicts[verdict]}>
        {said.verdictMeans[verdict](points.filter((one) => one.weight === weight).length)}
      </VerdictMark>
      <ul className="rs-points">
        {points.map((one) => (
          <li key={`${one.weight} ${one.point} ${one.about}`}>
            <b>{said.weights[one.weight]}</b> {sentenceOf(acceptancePointText(one, words), language)}
          </li>
        ))}
      </ul>
      <Loads document={document} />
      {signature === undefined ? <p className="rs-muted">{said.unsigned}</p> : null}
      <Files acceptanceId={acceptanceId} />
    </Panel>
  )
}

function Loads({ document: { loads } }: Pick<KeptAcceptance, 'document'>) {
  const { acceptance: said } = useWords()
  const { labels } = said
  if (loads.length === 0) return null
  const rows = loads.flatMap(({ deployment, levels }) =>
    levels.map(({ users, ttftMs, tpotMs, outputTokensPerSecond, goodShare }) => ({
      id: `${deployment} ${users}`,
      cells: [
        ...[deployment, users, ttftMs ? twoTimesText(ttftMs) : '–', tpotMs ? twoTimesText(tpotMs) : '–'],
        ...[`${threeDigits(outputTokensPerSecond)} tokens/s`, percentText(goodShare)],
      ],
    })),
  )
  const columns = [
    { id: 'service', name: labels.service, align: 'start' as const },
    { id: 'users', name: labels.users },
    { id: 'ttft', name: 'TTFT p50 / p95' },
    { id: 'tpot', name: 'TPOT p50 / p95' },
    { id: 'rate', name: labels.rate },
    { id: 'good', name: labels.goodShare },
  ]
  return <DataTable caption={said.sections.load} columns={columns} rows={rows} testId="acceptance-loads" />
}

function Files({ acceptanceId }: { readonly acceptanceId: string }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const language = useLanguage()
  const { busy, failure, begin } = useAct()
  const saving = useSaveFiles()
  const save = () =>
    begin(
      'acceptance.files',
      () => product.acceptance.files({ acceptanceId, language }),
      (files) => {
        if (files === null) return
        const { name, document, signature, page } = files
        const signed = signature === undefined ? [] : [{ name: `${name}.sig.json`, text: signature }]
        saving.save([{ name: `${name}.json`, text: document }, ...signed, { name: `${name}.html`, text: page }])
      },
    )
  const failed = failure ?? saving.failure
  return (
    <>
      <div className="rs-row">
        <Button loading={busy || saving.busy} onClick={save}>
          {t('appliance.acceptance.save')}
        </Button>
        <span className="rs-muted">{t('appliance.acceptance.files')}</span>
      </div>
      {failed === undefined ? null : <FailureNote failure={failed} state="unknown" />}
    </>
  )
}
