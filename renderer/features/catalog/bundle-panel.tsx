// One bundle of the catalog, usable or not.
import { Button, Popconfirm } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BundleSummary } from '../../../shared/contract/bundles.ts'
import type { Failure, FailureOf } from '../../../shared/domain/failure.ts'
import type { Vouching } from '../../../shared/domain/publisher.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { useConsole, useLanguage } from '../../console/console-context.tsx'
import { DemoChip } from '../../console/demo/demo-mark.tsx'
import { FailureEvidence, FailureNext } from '../../console/failure-body.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useFailureText } from '../../console/failure-text.ts'
import { publisherName } from '../../console/publisher-name.ts'
import { useAct } from '../../console/use-act.ts'
import { FactList, known } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { PinPublisher } from './pin-publisher.tsx'

type BundlePanelProps = {
  readonly bundle: BundleSummary
  /** It was removed: the bundles are asked for anew. */
  readonly onChange: () => void
}

export function BundlePanel({ bundle, onChange }: BundlePanelProps) {
  const { content, name, demo, kept, bundleId } = bundle
  const actions = kept ? <RemoveBundle place={bundleId} onRemoved={onChange} /> : undefined
  return content.ok ? (
    <UsableBundle name={name} demo={demo} content={content.value} actions={actions} />
  ) : (
    <UnusableBundle name={name} demo={demo} failure={content.failure} actions={actions} />
  )
}

/** Asked once more: its bytes may be far away. */
function RemoveBundle({ place, onRemoved }: { readonly place: string; readonly onRemoved: () => void }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const removing = useAct()
  const remove = () => removing.begin('bundles.remove', () => product.bundles.remove({ place }), onRemoved)
  return (
    <>
      {removing.failure === undefined ? null : <FailureNote failure={removing.failure} />}
      <Popconfirm
        title={t('catalog.brought.removeAsk')}
        okText={t('catalog.brought.remove')}
        cancelText={t('catalog.brought.keep')}
        onConfirm={remove}
      >
        <Button disabled={removing.busy}>{t('catalog.brought.remove')}</Button>
      </Popconfirm>
    </>
  )
}

type Content = Extract<BundleSummary['content'], { ok: true }>['value']

type NameProps = { readonly name: string; readonly demo: boolean; readonly actions?: ReactNode }

function Name({ name, demo }: NameProps) {
  return demo ? (
    <>
      {name} <DemoChip />
    </>
  ) : (
    name
  )
}

function UsableBundle({ name, demo, content, actions }: NameProps & { readonly content: Content }) {
  const { t, i18n } = useTranslation()
  const language = useLanguage()
  const { header, vouching, totalBytes, solutions } = content
  const made = new Date(header.createdAt).toLocaleDateString(i18n.language, { dateStyle: 'medium' })
  return (
    <Panel title={<Name name={name} demo={demo} />} actions={actions} testId="bundle">
      <div className="rs-bundle">
        <ul className="rs-solutions" aria-label={t('catalog.solutions')}>
          {solutions.map(({ id, version, title, summary }) => (
            <li key={id}>
              <h3>{title[language]}</h3>
              <p className="rs-muted">{summary[language]}</p>
              <small>{t('catalog.version', { version })}</small>
            </li>
          ))}
        </ul>
        <FactList
          layout="apart"
          facts={[
            {
              label: t('catalog.publisher', { publisher: publisherName(content) }),
              value: known(''),
              note: demo ? t('demo.bundle') : <Vouched vouching={vouching} />,
            },
            { label: t('catalog.size'), value: known(bytesText(totalBytes)) },
            { label: t('catalog.created'), value: known(made) },
          ]}
        />
      </div>
    </Panel>
  )
}

/** Who answers for what is in it, and how long. */
function Vouched({ vouching }: { readonly vouching: Vouching }) {
  const { t, i18n } = useTranslation()
  if (!vouching.signed) return t('catalog.unsigned')
  const day = (time: string) => new Date(time).toLocaleDateString(i18n.language, { dateStyle: 'medium' })
  const { expired, expires, clockBehind, fingerprint } = vouching
  return (
    <>
      {t(expired ? 'catalog.expired' : 'catalog.vouched', { day: day(expires) })}{' '}
      {clockBehind === undefined ? null : t('catalog.clockBehind', { day: day(clockBehind) })}
      <code className="rs-vouched">{fingerprint}</code>
    </>
  )
}

function UnusableBundle({ name, demo, failure, actions }: NameProps & { readonly failure: Failure }) {
  const { t } = useTranslation()
  const { what } = useFailureText(failure)
  // Nothing is wrong with it: somebody compares the fingerprint, and then it can be used.
  const isStranger = failure.kind === 'publisher-unknown'
  return (
    <Panel
      title={<Name name={name} demo={demo} />}
      actions={actions}
      tone={isStranger ? 'needs' : 'absent'}
      testId="bundle"
    >
      <div className="rs-failure">
        <VerdictMark
          state={isStranger ? 'unknown' : 'down'}
          word={t(isStranger ? 'catalog.notCompared' : 'catalog.unusable')}
        >
          {what}
        </VerdictMark>
        <FailureNext failure={failure} />
        {isStranger ? <Stranger stranger={failure} /> : null}
        <FailureEvidence failure={failure} />
      </div>
    </Panel>
  )
}

function Stranger({ stranger }: { readonly stranger: FailureOf<'publisher-unknown'> }) {
  const { t } = useTranslation()
  const [comparing, setComparing] = useState(false)
  return (
    <div className="rs-row">
      <Button onClick={() => setComparing(true)}>{t('publishers.pin')}</Button>
      {comparing ? <PinPublisher stranger={stranger} onClose={() => setComparing(false)} /> : null}
    </div>
  )
}
