// The accelerators as they are this second: one cell each, and their memory together. Watched only while it is seen.
import { useTranslation } from 'react-i18next'
import type { AcceleratorSample } from '../../../shared/domain/sample.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { acceleratorCells, memorySum } from '../../console/accelerator-cells.ts'
import { acceleratorGroups, groupText } from '../../console/accelerator-groups.ts'
import { devicesNow } from '../../console/devices-now.ts'
import { useLatestSample } from '../../console/latest-sample.ts'
import { useWhyMissing } from '../../console/silence-text.ts'
import { type Cell, CellStrip } from '../../ui/cell-strip.tsx'
import { Meter } from '../../ui/meter.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useUnreadText } from './summary.tsx'
import type { ApplianceAnswers } from './use-appliance.ts'

export type LivePanelProps = { readonly appliance: ApplianceAnswers; readonly faded: boolean }

export function LivePanel({ appliance: { target, facts }, faded }: LivePanelProps) {
  const { t } = useTranslation()
  const latest = useLatestSample(target)
  const unreadText = useUnreadText()
  const found = facts.state === 'answered' ? facts.value : undefined
  const devices = devicesNow(latest.sample, found, useWhyMissing())
  const unread = found === undefined ? [] : unreadText(found)
  const cells = acceleratorCells(devices, t)
  const old = latest.sample === undefined ? faded : latest.lost !== undefined
  const title =
    found === undefined
      ? t('appliance.accelerators')
      : acceleratorGroups(found.accelerators).map(groupText).join(' · ') || t('appliance.accelerators')
  return (
    <Panel title={title} actions={<small>{t('appliance.utilizationNow')}</small>} testId="live-accelerators">
      <div className="rs-live-strip">
        {devices.length === 0 ? (
          <p className="rs-muted">{unread.length > 0 || found === undefined ? '' : t('appliance.noAccelerators')}</p>
        ) : (
          <>
            <CellStrip cells={cells} label={t('appliance.strip')} faded={old} />
            <OutlinedCells cells={cells} />
            <MemoryLine devices={devices} faded={old} />
          </>
        )}
        {unread.map((text) => (
          <p key={text} className="rs-tone-degraded">
            {text}
          </p>
        ))}
      </div>
    </Panel>
  )
}

/** The outline says that something is wrong; the name says with which one. Many stay under the pointer. */
const mostNamed = 8

function OutlinedCells({ cells }: { readonly cells: readonly Cell[] }) {
  // Where no cell has a value (a mode without it, a tool that is silent), that is said of all at once elsewhere.
  const valued = cells.some(({ percent }) => percent !== undefined)
  const outlined = cells.filter(({ outline, percent }) => outline !== undefined || (valued && percent === undefined))
  if (outlined.length === 0) return null
  return (
    <ul className="rs-ill-cells">
      {outlined.slice(0, mostNamed).map(({ id, text, outline = 'unknown' }) => (
        <li key={id} className={`rs-tone-${outline}`}>
          {text}
        </li>
      ))}
    </ul>
  )
}

function MemoryLine({ devices, faded }: { readonly devices: readonly AcceleratorSample[]; readonly faded: boolean }) {
  const { t } = useTranslation()
  const { usedBytes, totalBytes } = memorySum(devices)
  const known = usedBytes.state === 'known' && totalBytes.state === 'known'
  const text = known
    ? t('appliance.memoryOf', { used: bytesText(usedBytes.value), total: bytesText(totalBytes.value) })
    : t('appliance.memoryUnknown')
  return (
    <div className="rs-memory-line">
      <span className="rs-muted">{t('appliance.memoryInUse')}</span>
      <strong className={faded ? 'rs-faded' : undefined}>{text}</strong>
      <Meter
        share={known && totalBytes.value > 0 ? usedBytes.value / totalBytes.value : undefined}
        label={`${t('appliance.memoryInUse')} ${text}`}
        faded={faded}
      />
    </div>
  )
}
