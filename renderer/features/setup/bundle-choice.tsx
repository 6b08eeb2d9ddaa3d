// Which bundle to install from: the one there is, or one of several; another folder where the shell has a
// dialog; and those that lie there but cannot be used, each with the reason.
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/domain/failure.ts'
import { useConsole } from '../../console/console-context.tsx'
import { DemoChip } from '../../console/demo/demo-mark.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { publisherName } from '../../console/publisher-name.ts'
import { received } from '../../console/received.ts'
import { useAbout } from '../../console/use-about.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { BlockerList } from './blocker-list.tsx'
import { type Bundles, type UsableBundle, useBundlesAgain } from './bundles.ts'

export type BundleChoiceProps = {
  readonly bundles: Bundles
  readonly chosen: string | undefined
  readonly onChoose: (bundleId: string) => void
}

export function BundleChoice({ bundles, chosen, onChoose }: BundleChoiceProps) {
  const { t } = useTranslation()
  const { usable } = bundles
  const current = usable.find((one) => one.bundleId === chosen)
  return (
    <div className="su-bundle">
      <span className="rs-muted" id="su-bundle-label">
        {t('setup.proposal.bundle')}
      </span>
      {usable.length > 1 ? (
        <Select
          aria-labelledby="su-bundle-label"
          value={chosen ?? null}
          onChange={onChoose}
          style={{ minWidth: 260 }}
          options={usable.map((one) => ({ value: one.bundleId, label: <BundleName bundle={one} /> }))}
        />
      ) : (
        <strong className="su-bundle-name">{current === undefined ? null : <BundleName bundle={current} />}</strong>
      )}
      {current === undefined ? null : (
        <span className="rs-muted">{t('setup.proposal.by', { publisher: publisherName(current.content) })}</span>
      )}
      <ChooseFolder onChoose={onChoose} />
    </div>
  )
}

function BundleName({ bundle: { name, demo } }: { readonly bundle: UsableBundle }) {
  if (!demo) return <>{name}</>
  return (
    <>
      {name} <DemoChip />
    </>
  )
}

/** Nothing where the shell opens no dialogs. */
function ChooseFolder({ onChoose, primary = false }: { onChoose: (bundleId: string) => void; primary?: boolean }) {
  const { t } = useTranslation()
  const console = useConsole()
  const bundlesAgain = useBundlesAgain()
  const [failure, setFailure] = useState<Failure>()
  if (useAbout()?.dialogs !== true) return null
  const choose = async () => {
    const got = await received('window.chooseBundle', console.window.chooseBundle({}))
    setFailure(got.ok ? undefined : got.failure)
    if (!got.ok || got.value === null) return
    await bundlesAgain()
    onChoose(got.value.bundleId)
  }
  return (
    <>
      <Button type={primary ? 'primary' : 'default'} size={primary ? 'middle' : 'small'} onClick={() => void choose()}>
        {t('setup.proposal.chooseFolder')}
      </Button>
      {failure === undefined ? null : <FailureNote failure={failure} />}
    </>
  )
}

export function NoBundles({
  onChoose,
  onLookAgain,
}: {
  onChoose: (bundleId: string) => void
  onLookAgain: () => void
}) {
  const { t } = useTranslation()
  const about = useAbout()
  const dialogs = about?.dialogs === true
  return (
    <EmptyState
      title={t('setup.proposal.emptyTitle')}
      action={
        <div className="rs-row">
          <ChooseFolder primary onChoose={onChoose} />
          <Button type={dialogs ? 'default' : 'primary'} onClick={onLookAgain}>
            {t('setup.proposal.lookAgain')}
          </Button>
        </div>
      }
    >
      <p>{t('setup.proposal.emptyText')}</p>
      {dialogs ? <p>{t('setup.proposal.emptyDialog')}</p> : null}
      <p>
        {dialogs ? t('setup.proposal.folder') : t('setup.proposal.emptyFolder')}
        <code className="su-folder">{about?.importFolder}</code>
      </p>
    </EmptyState>
  )
}

export function UnusableBundles({ bundles }: { readonly bundles: Bundles }) {
  const { t } = useTranslation()
  if (bundles.unusable.length === 0) return null
  return (
    <section className="su-part">
      <h2>{t('setup.proposal.unusable')}</h2>
      <div className="rs-stack">
        {bundles.unusable.map(({ bundleId, name, failure }) => (
          <Panel key={bundleId} title={name} tone="absent" testId="bundle-unusable">
            <BlockerList blockers={[failure]} />
          </Panel>
        ))}
      </div>
    </section>
  )
}
