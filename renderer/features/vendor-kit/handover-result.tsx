// What the check of a bundle says: who made it, with the fingerprint to compare; what is in it and what that wants; and
// what is wrong with it, with what helps.
import { useTranslation } from 'react-i18next'
import type { Handover } from '../../../shared/contract/bundles.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { privilegeName } from '../../../shared/domain/privilege.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { privilegeText } from '../../../shared/words/privilege-words.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useLanguage, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { TakenBackList } from '../../console/taken-back-list.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { FactList, known } from '../../ui/fact-list.tsx'
import { Fingerprint } from '../../ui/fingerprint.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'

type HandoverResultProps = { readonly handover: Handover } | { readonly failure: Failure }

export function HandoverResult(props: HandoverResultProps) {
  const { t } = useTranslation()
  if ('failure' in props) {
    return (
      <section className="rs-stack" data-testid="handover" data-result="failed" aria-live="polite">
        <VerdictMark state="down" word={t('vendorKit.unusable')} />
        <FailureNote failure={props.failure} />
      </section>
    )
  }
  const { handover } = props
  const { pieces, expired } = handover
  const result = pieces.length > 0 ? 'refused' : expired ? 'expired' : 'good'
  return (
    <section className="rs-stack" data-testid="handover" data-result={result} aria-live="polite">
      <Verdict handover={handover} result={result} />
      {pieces.length > 0 ? <Pieces pieces={pieces} /> : null}
      <Who handover={handover} />
      <Entries entries={handover.entries} />
      <TakenBackList blocked={handover.blocked} />
    </section>
  )
}

const entryKinds = [
  ...(['runtime', 'model', 'gateway', 'app', 'ingress', 'job', 'probe', 'host-package', 'solution'] as const),
] as const
const marks = { good: 'healthy', expired: 'degraded', refused: 'down' } as const

function Verdict({ handover, result }: { readonly handover: Handover; readonly result: keyof typeof marks }) {
  const { t } = useTranslation()
  const { pieces, carriedBytes } = handover
  const why = {
    good: t('vendorKit.goodWhy', { bytes: bytesText(carriedBytes) }),
    expired: t('vendorKit.expiredWhy'),
    refused: t('vendorKit.refusedWhy', { count: pieces.length }),
  }
  return (
    <VerdictMark state={marks[result]} word={t(`vendorKit.${result}`)}>
      {why[result]}
    </VerdictMark>
  )
}

function Who({ handover }: { readonly handover: Handover }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { publisher, line, version, fingerprint, expires, carriedBytes } = handover
  const { product } = useConsole()
  const { answer } = useAnswer({ key: ['publishers.list'], ask: () => product.publishers.list({}) })
  const trusted =
    answer.state !== 'answered'
      ? undefined
      : answer.value.publishers.some((one) => one.id === publisher.id && one.fingerprint === fingerprint)
  const day = new Date(expires).toLocaleDateString(language, { dateStyle: 'medium' })
  return (
    <>
      <Fingerprint label={t('vendorKit.fingerprint')} text={fingerprint} />
      <FactList
        facts={[
          {
            label: t('vendorKit.publisher'),
            value: known(`${publisher.name} (${publisher.id})`),
            ...(trusted !== undefined && { note: t(trusted ? 'vendorKit.trusted' : 'vendorKit.notTrusted') }),
          },
          { label: t('vendorKit.line'), value: known(t('vendorKit.lineVersion', { line, version })) },
          { label: t('vendorKit.until'), value: known(day) },
          { label: t('vendorKit.size'), value: known(bytesText(carriedBytes)) },
        ]}
      />
    </>
  )
}

function Entries({ entries }: Pick<Handover, 'entries'>) {
  const { t } = useTranslation()
  return (
    <DataTable
      testId="handover-entries"
      caption={t('vendorKit.entries')}
      columns={[
        { id: 'entry', name: t('vendorKit.entry'), align: 'start' },
        { id: 'version', name: t('vendorKit.version'), align: 'start' },
        { id: 'licence', name: t('vendorKit.licence'), align: 'start' },
        { id: 'permissions', name: t('vendorKit.permissions'), align: 'start' },
      ]}
      rows={entries.map(({ kind, id, version, licence, privileges }) => ({
        id: `${kind} ${id}`,
        cells: [
          <Entry key="entry" kind={kind} id={id} />,
          version === '' ? '–' : version,
          licence === '' ? '–' : licence,
          <Permissions key="permissions" privileges={privileges} />,
        ],
      }))}
    />
  )
}

function Entry({ kind, id }: Pick<Handover['entries'][number], 'kind' | 'id'>) {
  const { t } = useTranslation()
  const known = entryKinds.find((one) => one === kind)
  return (
    <>
      {id} <small className="rs-muted">{known === undefined ? kind : t(`vendorKit.kind.${known}`)}</small>
    </>
  )
}

function Permissions({ privileges }: Pick<Handover['entries'][number], 'privileges'>) {
  const { t } = useTranslation()
  const { privileges: words, language } = useWords()
  if (privileges.length === 0) return t('vendorKit.noPermissions')
  return (
    <ul className="rs-kit-permissions">
      {privileges.map((one) => (
        <li key={privilegeName(one)}>
          {privilegeText(one, words)}
          <small className="rs-muted">{words.why(one.why[language])}</small>
        </li>
      ))}
    </ul>
  )
}

function Pieces({ pieces }: Pick<Handover, 'pieces'>) {
  const { t } = useTranslation()
  const { bundle } = useWords()
  return (
    <DataTable
      testId="handover-pieces"
      caption={t('vendorKit.pieces')}
      columns={[
        { id: 'piece', name: t('vendorKit.piece'), align: 'start' },
        { id: 'problem', name: t('vendorKit.problem'), align: 'start' },
        { id: 'fix', name: t('vendorKit.whatToDo'), align: 'start' },
      ]}
      rows={pieces.map(({ file, problem, why }) => ({
        id: `${file} ${problem} ${why}`,
        cells: [
          <code key="piece">{file}</code>,
          <span key="problem" title={why}>
            {bundle.problems[problem]}
          </span>,
          t(`vendorKit.fix.${problem}`),
        ],
      }))}
    />
  )
}
