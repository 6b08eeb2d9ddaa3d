// The server as labels and values: in a glance for the overview, in full for the hardware tab. Every value is
// known, absent or unreadable, and is shown as that.
import { useTranslation } from 'react-i18next'
import type { Facts } from '../../../shared/domain/facts.ts'
import { type Reading, unreadable, valueOr } from '../../../shared/domain/reading.ts'
import { countSeen, type DeviceContainer } from '../../../shared/domain/stack.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import type { Fact } from '../../ui/fact-list.tsx'
import { known } from '../../ui/fact-list.tsx'
import { shownAs } from '../../ui/shown-value.tsx'

export function useServerFacts(): (facts: Facts) => readonly Fact[] {
  const { t } = useTranslation()
  return (facts) => [
    { label: t('appliance.system'), value: shownAs(facts.os, (os) => os.prettyName) },
    {
      label: t('appliance.processor'),
      value: shownAs(facts.cpu, ({ model, logicalCores }) =>
        t('appliance.processorThreads', { model, threads: logicalCores }),
      ),
    },
    {
      label: t('appliance.memory'),
      value: shownAs(facts.memory, ({ totalBytes, availableBytes }) =>
        t('appliance.memoryFree', { total: bytesText(totalBytes), free: bytesText(availableBytes) }),
      ),
    },
    {
      label: t('appliance.freeDisk'),
      value: shownAs(facts.spaces, (spaces) => {
        const space = spaces['rackside'] ?? spaces['root']
        if (space === undefined) return '–'
        return t('appliance.freeOf', { free: bytesText(space.freeBytes), total: bytesText(space.totalBytes) })
      }),
    },
    { label: t('appliance.engine'), value: shownAs(facts.engine, ({ version }) => `Docker ${version}`) },
  ]
}

/** What the overview leaves out. */
export function useMoreServerFacts(): (facts: Facts) => readonly Fact[] {
  const { t } = useTranslation()
  return (facts) => [
    { label: t('appliance.hostname'), value: shownAs(facts.hostname, String) },
    { label: t('appliance.kernel'), value: shownAs(facts.kernel, String) },
    { label: t('appliance.architecture'), value: shownAs(facts.architecture, String) },
    { label: t('appliance.swap'), value: shownAs(swapOf(facts, t('common.unknown')), bytesText) },
    { label: t('appliance.systemd'), value: shownAs(facts.systemd, String) },
    { label: t('appliance.podman'), value: shownAs(facts.podman, String) },
    { label: t('appliance.privilege'), value: known(t(`appliance.${facts.privilege}`)) },
    { label: t('appliance.machineId'), value: shownAs(facts.machineId, String) },
    ...equippedContainers(facts).map(({ name, deployment, sees }) => ({
      key: `container ${name}`,
      label: t('appliance.seenInside', { name: valueOr(deployment, name) }),
      value: shownAs(sees, (all) => `${countSeen(all)}`),
    })),
  ]
}

function swapOf({ memory }: Facts, unknown: string): Reading<number> {
  if (memory.state !== 'known') return memory
  const { swapTotalBytes } = memory.value
  return swapTotalBytes === undefined ? unreadable(unknown) : { state: 'known', value: swapTotalBytes }
}

function equippedContainers({ stack }: Facts): readonly DeviceContainer[] {
  return stack?.containerDevices?.state === 'known' ? stack.containerDevices.value : []
}
