// One row an accelerator, every value as its vendor's tool gave it: a dash where the machine has none, a dashed
// cell where it could not be read.
import { useTranslation } from 'react-i18next'
import type { Accelerator } from '../../../shared/domain/accelerator.ts'
import type { Reading } from '../../../shared/domain/reading.ts'
import { acceleratorKey } from '../../../shared/domain/sample.ts'
import { acceleratorName } from '../../../shared/words/accelerator-name.ts'
import { bytesText, threeDigits } from '../../../shared/words/amounts.ts'
import { useWords } from '../../console/console-context.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { ShownValue, shownAs } from '../../ui/shown-value.tsx'
import { type MarkState, VerdictMark } from '../../ui/verdict-mark.tsx'

export type AcceleratorTableProps = { readonly vendor: string; readonly devices: readonly Accelerator[] }

export function AcceleratorTable({ vendor, devices }: AcceleratorTableProps) {
  const { t } = useTranslation()
  const { cli } = useWords()
  return (
    <DataTable
      caption={cli.pair(vendor, t('appliance.accelerators'))}
      testId="accelerators"
      columns={[
        { id: 'index', name: t('appliance.index'), align: 'start' },
        { id: 'product', name: t('appliance.product'), align: 'start' },
        { id: 'health', name: t('appliance.health'), align: 'start' },
        { id: 'utilization', name: t('appliance.utilization') },
        { id: 'memory', name: t('appliance.memoryPlace') },
        { id: 'temperature', name: t('appliance.temperature') },
        { id: 'power', name: t('appliance.power') },
        { id: 'pci', name: t('appliance.pci') },
      ]}
      rows={devices.map((one) => ({
        id: acceleratorKey(one),
        cells: [
          acceleratorName(one),
          <Value key="product" reading={one.product} show={String} />,
          <Health key="health" health={one.health} />,
          <Value key="utilization" reading={one.utilizationPercent} show={(percent) => `${Math.round(percent)} %`} />,
          <OfLimit key="memory" value={one.memoryUsedBytes} limit={one.memoryTotalBytes} show={bytesText} />,
          <Value key="temperature" reading={one.temperatureCelsius} show={(celsius) => `${Math.round(celsius)} °C`} />,
          <OfLimit
            key="power"
            value={one.powerWatts}
            limit={one.powerLimitWatts}
            show={(w) => `${threeDigits(w)} W`}
          />,
          <Value key="pci" reading={one.pciAddress} show={(text) => <code>{text}</code>} />,
        ],
      }))}
    />
  )
}

type ValueProps<T> = { readonly reading: Reading<T>; readonly show: (value: T) => React.ReactNode }

function Value<T>({ reading, show }: ValueProps<T>) {
  return <ShownValue shown={shownAs(reading, show)} />
}

type OfLimitProps = {
  readonly value: Reading<number>
  readonly limit: Reading<number>
  readonly show: (value: number) => string
}

/** "41 / 85 W": the limit muted, left out where there is none. */
function OfLimit({ value, limit, show }: OfLimitProps) {
  return (
    <>
      <Value reading={value} show={show} />
      {limit.state === 'known' ? <span className="rs-muted"> / {show(limit.value)}</span> : null}
    </>
  )
}

const marks: { readonly [H in Extract<Accelerator['health'], { state: 'known' }>['value']]: MarkState } = {
  ok: 'healthy',
  warning: 'degraded',
  alarm: 'down',
  critical: 'down',
}

function Health({ health }: { readonly health: Accelerator['health'] }) {
  const { t } = useTranslation()
  if (health.state !== 'known') return <ShownValue shown={health} />
  return <VerdictMark state={marks[health.value]} word={t(`appliance.healthWord.${health.value}`)} />
}
