// The hardware in full: every accelerator with all that its vendor's tool says, the server, its disks and ports,
// and the questions that were not answered.

import { useTranslation } from 'react-i18next'
import type { AcceleratorReport } from '../../../shared/domain/accelerator.ts'
import { type Facts, toldReports } from '../../../shared/domain/facts.ts'
import { vendorName } from '../../../shared/words/accelerator-name.ts'
import type { Answer } from '../../console/answers.ts'
import { FailureNote } from '../../console/failure-note.tsx'
import { AgeIn, inPlace } from '../../ui/age.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ShownValue, shownAs } from '../../ui/shown-value.tsx'
import { AcceleratorTable } from './accelerator-table.tsx'
import { Waiting } from './overview-tab.tsx'
import { DisksPanel, PortsPanel } from './place-panels.tsx'
import { ProbesPanel } from './probes-panel.tsx'
import { useMoreServerFacts, useServerFacts } from './server-facts.ts'
import { PartialMark, useUnreadText } from './summary.tsx'

export type HardwareProps = { readonly answer: Answer<Facts>; readonly faded: boolean }

export function HardwareTab({ answer, faded }: HardwareProps) {
  const { t } = useTranslation()
  if (answer.state === 'waiting') return <Waiting text={t('appliance.loading')} />
  if (answer.state === 'failed') {
    return (
      <Panel tone="absent">
        <FailureNote failure={answer.failure} state="unknown" />
      </Panel>
    )
  }
  const old = faded || answer.problem !== undefined
  return (
    <div className="rs-stack">
      <small>
        <AgeIn label={t(old ? 'appliance.lastKnown' : 'appliance.looked', inPlace)} atMs={answer.atMs} />
      </small>
      <div className={old ? 'rs-stack rs-faded' : 'rs-stack'}>
        <Hardware facts={answer.value} />
      </div>
    </div>
  )
}

function Hardware({ facts }: { readonly facts: Facts }) {
  const { t } = useTranslation()
  const unread = useUnreadText()(facts)
  const serverFacts = useServerFacts()(facts)
  const more = useMoreServerFacts()(facts)
  const reports = toldReports(facts).filter(isThere)
  const isPart = facts.partial !== undefined
  return (
    <>
      <PartialMark facts={facts} />
      {reports.map((report) => (
        <ReportPanel key={report.vendor} report={report} unread={unread} isPart={isPart} />
      ))}
      {reports.length === 0 ? (
        <Panel title={t('appliance.accelerators')}>
          <p className="rs-muted">{isPart ? unread.join(' ') : t('appliance.noAccelerators')}</p>
        </Panel>
      ) : null}
      <Panel title={t('appliance.server')}>
        <div className="rs-fact-columns">
          <FactList facts={serverFacts} />
          <FactList facts={more} />
        </div>
      </Panel>
      <div className="rs-halves">
        <DisksPanel facts={facts} />
        <PortsPanel facts={facts} />
      </div>
      {isPart ? null : <ProbesPanel facts={facts} />}
    </>
  )
}

/** A vendor none of whose devices, drivers or tools are there is not worth a panel. */
function isThere({ pciCount, driverVersion, devices }: AcceleratorReport): boolean {
  const onBus = pciCount.state === 'known' && pciCount.value > 0
  const answered = devices.state === 'known' ? devices.value.length > 0 : devices.state === 'unreadable'
  return onBus || answered || driverVersion.state === 'known'
}

type ReportProps = {
  readonly report: AcceleratorReport
  readonly unread: readonly string[]
  /** Its notes are names that the system gives, and no tool's words. */
  readonly isPart: boolean
}

function ReportPanel({ report, unread, isPart }: ReportProps) {
  const { t } = useTranslation()
  const { vendor, driverVersion, devices, packages, notes = [] } = report
  const name = vendorName(vendor)
  // Of a system whose accelerators nobody reads one thing is said of all of them, last.
  const said = isPart ? unread.at(-1) : unread.find((text) => text.includes(name))
  return (
    <Panel
      title={name}
      actions={
        <small>
          {driverVersion.state === 'known' ? (
            t('appliance.driver', { vendor: name, version: driverVersion.value })
          ) : (
            <ShownValue shown={shownAs(driverVersion, String)} />
          )}
        </small>
      }
    >
      {devices.state === 'known' ? <AcceleratorTable vendor={name} devices={devices.value} /> : null}
      {devices.state === 'unreadable' ? (
        <div className="rs-tone-degraded">
          <p>{said ?? t('appliance.unreadSome', { vendor: name })}</p>
          {isPart ? null : <code>{devices.why}</code>}
        </div>
      ) : null}
      {packages === undefined ? null : <p className="rs-muted">{t('appliance.packages', packages)}</p>}
      {notes.length === 0 ? null : (
        <div className="rs-notes">
          <h3>{t(isPart ? 'appliance.named' : 'appliance.notes')}</h3>
          <ul>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </div>
      )}
    </Panel>
  )
}
