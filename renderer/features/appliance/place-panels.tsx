// Where there is room on the server, and what listens on it already.
import { useTranslation } from 'react-i18next'
import type { Facts, ListeningPort, Space } from '../../../shared/domain/facts.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Meter } from '../../ui/meter.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ShownValue, shownAs } from '../../ui/shown-value.tsx'

type FactsProps = { readonly facts: Facts }

export function DisksPanel({ facts: { spaces } }: FactsProps) {
  const { t } = useTranslation()
  return (
    <Panel title={t('appliance.disks')}>
      {spaces.state === 'known' ? (
        <ul className="rs-disks">
          {Object.entries(spaces.value).map(([purpose, space]) => (
            <Disk key={purpose} purpose={purpose} space={space} />
          ))}
        </ul>
      ) : (
        <ShownValue shown={spaces} />
      )}
    </Panel>
  )
}

const purposes = ['rackside', 'engine', 'root'] as const

function Disk({ purpose, space }: { readonly purpose: string; readonly space: Space }) {
  const { t } = useTranslation()
  const known = purposes.find((one) => one === purpose)
  const figures = t('appliance.freeOf', { free: bytesText(space.freeBytes), total: bytesText(space.totalBytes) })
  const share = space.totalBytes === 0 ? undefined : 1 - space.freeBytes / space.totalBytes
  return (
    <li>
      <div className="rs-disk-head">
        <span>{known === undefined ? purpose : t(`appliance.space.${known}`)}</span>
        <span>{figures}</span>
      </div>
      <Meter share={share} label={figures} />
      <small>
        {space.path} · {space.filesystem}
      </small>
    </li>
  )
}

export function PortsPanel({ facts: { listeningPorts } }: FactsProps) {
  const { t } = useTranslation()
  return (
    <Panel title={t('appliance.ports')}>
      {listeningPorts.state === 'known' ? (
        <DataTable
          caption={t('appliance.ports')}
          columns={[
            { id: 'port', name: t('appliance.port'), align: 'start' },
            { id: 'address', name: t('appliance.portAddress'), align: 'start' },
            { id: 'process', name: t('appliance.process') },
          ]}
          rows={byPort(listeningPorts.value).map(({ port, address, process }) => ({
            id: `${address} ${port}`,
            cells: [
              port,
              <code key="address">{address}</code>,
              <ShownValue key="process" shown={shownAs(process, String)} />,
            ],
          }))}
        />
      ) : (
        <ShownValue shown={listeningPorts} />
      )}
    </Panel>
  )
}

/** The same address and port once, however many processes share it. */
function byPort(ports: readonly ListeningPort[]): readonly ListeningPort[] {
  const once = new Map(ports.map((one) => [`${one.address} ${one.port}`, one]))
  return [...once.values()].sort((a, b) => a.port - b.port || a.address.localeCompare(b.address))
}
