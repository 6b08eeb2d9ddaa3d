// What is kept in the vault: never a secret, only what it is called, what kind it is, since when, and by whom it is used.
import { Button } from 'antd'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeptCredential } from '../../../shared/contract/vault.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { OwnKeyDialog } from '../../console/own-key/own-key-dialog.tsx'
import { Chip, Chips } from '../../ui/chip.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Panel } from '../../ui/panel.tsx'
import { RemoveDialog } from './remove-dialog.tsx'

export function KeptList() {
  const { t } = useTranslation()
  const { product } = useConsole()
  const [removing, setRemoving] = useState<KeptCredential | undefined>(undefined)
  const [replacing, setReplacing] = useState<string | undefined>(undefined)
  const [removed, setRemoved] = useState(false)
  const { answer, askAgain } = useAnswer({ key: ['vault.list'], ask: () => product.vault.list({}) })
  const remove = (kept: KeptCredential) => {
    setRemoved(false)
    setRemoving(kept)
  }
  return (
    <Panel title={t('credentials.kept')} testId="kept-logins">
      {answer.state === 'failed' ? <FailureNote failure={answer.failure} onRetry={askAgain} /> : null}
      {answer.state === 'answered' ? (
        <KeptTable kept={answer.value} onRemove={remove} onReplace={setReplacing} />
      ) : null}
      <p className="rs-muted" aria-live="polite">
        {removed ? t('credentials.removed') : ''}
      </p>
      {removing === undefined ? null : (
        <RemoveDialog kept={removing} onRemoved={() => setRemoved(true)} onClose={() => setRemoving(undefined)} />
      )}
      {replacing === undefined ? null : <OwnKeyDialog name={replacing} onClose={() => setReplacing(undefined)} />}
    </Panel>
  )
}

type KeptProps = {
  readonly kept: readonly KeptCredential[]
  readonly onRemove: (kept: KeptCredential) => void
  /** Of the appliance with this name. */
  readonly onReplace: (name: string) => void
}

function KeptTable({ kept, onRemove, onReplace }: KeptProps) {
  const { t, i18n } = useTranslation()
  const { cli } = useWords()
  if (kept.length === 0) return <p className="rs-muted">{t('credentials.keptEmpty')}</p>
  const columns = ['label', 'kind', 'created', 'usedBy'] as const
  return (
    <div className="rs-kept">
      <DataTable
        caption={t('credentials.kept')}
        columns={[
          ...columns.map((id) => ({ id, name: t(`credentials.${id}`), align: 'start' as const })),
          { id: 'remove', name: <span className="rs-visually-hidden">{t('credentials.remove')}</span> },
        ]}
        rows={kept.map((one) => ({
          id: one.credentialId,
          cells: [
            one.label,
            t(`credentials.kinds.${one.kind}`),
            new Date(one.createdAt).toLocaleDateString(i18n.language, dateForm),
            one.usedBy.length === 0 ? (
              <span key="unused" className="rs-muted">
                {t('credentials.unused')}
              </span>
            ) : (
              <Chips key="used">
                {one.usedBy.map((name) => (
                  <Chip key={name}>{name}</Chip>
                ))}
              </Chips>
            ),
            <Fragment key="acts">
              {one.kind === 'password' ? <ReplaceActs kept={one} onReplace={onReplace} /> : null}
              <Button
                size="small"
                aria-label={cli.pair(t('credentials.remove'), one.label)}
                onClick={() => onRemove(one)}
              >
                {t('credentials.remove')}
              </Button>
            </Fragment>,
          ],
        }))}
      />
    </div>
  )
}

/** One appliance after the other: each has a key of its own. */
function ReplaceActs({
  kept: { usedBy },
  onReplace,
}: { readonly kept: KeptCredential } & Pick<KeptProps, 'onReplace'>) {
  const { t } = useTranslation()
  const { cli } = useWords()
  const [name] = usedBy
  if (name === undefined) return null
  return (
    <Button size="small" aria-label={cli.pair(t('ownKey.act'), name)} onClick={() => onReplace(name)}>
      {t('ownKey.act')}
    </Button>
  )
}

const dateForm = { year: 'numeric', month: 'short', day: 'numeric' } as const
