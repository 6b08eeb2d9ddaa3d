// One record with all that is in it, for who compares it with a certificate, a log or another copy.
import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { addressText } from '../../../shared/domain/appliance.ts'
import { localTime } from '../../../shared/domain/audit-csv.ts'
import type { AuditEntry } from '../../../shared/domain/audit-search.ts'
import { CopyBlock } from '../../console/copy-block.tsx'
import { FactList, known } from '../../ui/fact-list.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { useAuditWords } from './use-audit-words.ts'

type RecordDialogProps = { readonly entry: AuditEntry; readonly onClose: () => void }

export function RecordDialog({ entry, onClose }: RecordDialogProps) {
  const { t } = useTranslation()
  const { record, isWhole } = entry
  return (
    <Modal
      open
      width={720}
      title={t('audit.record', { number: record.number })}
      closable={{ 'aria-label': t('common.close') }}
      onCancel={onClose}
      onOk={onClose}
      okText={t('audit.close')}
      cancelButtonProps={{ style: { display: 'none' } }}
    >
      <div className="rs-stack">
        {isWhole ? null : <VerdictMark state="down" word={t('audit.recordChanged')} />}
        <RecordFacts entry={entry} />
        <strong>{t('audit.input')}</strong>
        <CopyBlock text={JSON.stringify(record.input, null, 2)} />
      </div>
    </Modal>
  )
}

/** As the clock on the console's own wall was, wherever it is read: "2026-11-22 16:32:30 +08:00". */
function writtenAt(at: string, zone: string): string {
  return localTime(at, zone).replace(/^(.*)T(.*)\.[0-9]{3}([+-].*)$/, '$1 $2 $3')
}

function RecordFacts({ entry }: Pick<RecordDialogProps, 'entry'>) {
  const { t } = useTranslation()
  const { act, result, time } = useAuditWords()
  const { at, zone, who, role, act: code, appliance = {}, planDigest, previous, hash } = entry.record
  const { name, host, port, user, machineId } = appliance
  const place = host === undefined || port === undefined ? undefined : addressText({ host, port })
  const login = place === undefined ? undefined : user === undefined ? place : `${user}@${place}`
  const facts = [
    [t('audit.time'), writtenAt(at, zone)],
    [t('audit.who'), asWritten(who)],
    [t('audit.role'), asWritten(role)],
    [
      t('audit.act'),
      <>
        {act(entry)} {asWritten(`(${code})`)}
      </>,
    ],
    [t('audit.appliance'), asWritten([name, login].filter((one) => one !== undefined).join(', ') || undefined)],
    [t('audit.machine'), asWritten(machineId)],
    [t('audit.plan'), asWritten(planDigest)],
    [t('audit.result'), result(entry)],
    [t('audit.ended'), entry.came === undefined ? undefined : time(entry.came.at)],
    [t('audit.previous'), asWritten(previous)],
    [t('audit.digest'), asWritten(hash)],
  ] as const
  const said = facts.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value: known(value) }]))
  return <FactList facts={said} />
}

/** Names, codes and digests are the same in every language. */
function asWritten(text: string | undefined) {
  return text === undefined ? undefined : <span translate="no">{text}</span>
}
