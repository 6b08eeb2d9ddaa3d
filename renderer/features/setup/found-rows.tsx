// The rows of "what is inside": each reading as it was answered, in words.

import { useTranslation } from 'react-i18next'
import { isAsked } from '../../../shared/domain/deployment.ts'
import { type Facts, type Space, toldReports } from '../../../shared/domain/facts.ts'
import type { Reading } from '../../../shared/domain/reading.ts'
import { vendorName } from '../../../shared/words/accelerator-name.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { acceleratorGroups, groupText, unreadGroups } from '../../console/accelerator-groups.ts'
import { useWords } from '../../console/console-context.tsx'
import { type Fact, known } from '../../ui/fact-list.tsx'
import { type Shown, shownAs } from '../../ui/shown-value.tsx'

export function useFoundRows(facts: Facts): Fact[] {
  const { t } = useTranslation()
  const words = useWords()
  const space = (name: string): Shown =>
    shownAs(spaceOf(facts, name), ({ freeBytes, totalBytes }) =>
      t('setup.found.diskFree', { free: bytesText(freeBytes), total: bytesText(totalBytes) }),
    )
  return [
    ...useAcceleratorRows(facts),
    { label: t('setup.found.engine'), value: shownAs(facts.engine, ({ version }) => `Docker ${version}`) },
    {
      label: t('setup.found.memory'),
      value: shownAs(facts.memory, ({ totalBytes, availableBytes }) =>
        t('setup.found.memoryFree', { total: bytesText(totalBytes), free: bytesText(availableBytes) }),
      ),
    },
    { label: t('setup.found.disk'), value: space('rackside') },
    ...(sameDisk(facts) ? [] : [{ label: t('setup.found.engineDisk'), value: space('engine') }]),
    {
      label: t('setup.found.processor'),
      value: shownAs(facts.cpu, ({ model, logicalCores }) =>
        t('setup.found.processorThreads', { model, threads: logicalCores }),
      ),
    },
    { label: t('setup.found.system'), value: shownAs(facts.os, ({ prettyName }) => prettyName) },
    {
      label: t('setup.found.privilege'),
      value: known(t(facts.privilege === 'root' ? 'setup.found.root' : 'setup.found.login')),
    },
    {
      label: t('setup.found.installed'),
      value: shownAs(facts.deployments, (all) =>
        all.length === 0
          ? t('setup.found.nothingInstalled')
          : words.cli.list(
              all.filter(({ proof }) => isAsked(proof)).map(({ deployment, version }) => `${deployment} ${version}`),
            ),
      ),
    },
  ]
}

function useAcceleratorRows(facts: Facts): Fact[] {
  const { t } = useTranslation()
  const label = t('setup.found.accelerators')
  const groups = acceleratorGroups(facts.accelerators).map((group): Fact => ({ label, value: known(groupText(group)) }))
  const reports = toldReports(facts)
  const unread = unreadGroups(reports).map(
    ({ vendor, why }): Fact => ({
      label: t('setup.found.ofVendor', { what: label, vendor: vendorName(vendor) }),
      value: { state: 'unreadable', why: why === '' ? t('setup.found.noTool') : why },
      ...(why === '' ? { note: t('setup.found.noTool') } : {}),
    }),
  )
  const drivers = reports
    .filter(({ driverVersion }) => driverVersion.state !== 'absent')
    .map(
      ({ vendor, driverVersion }): Fact => ({
        label: t('setup.found.ofVendor', { what: t('setup.found.driver'), vendor: vendorName(vendor) }),
        value: shownAs(driverVersion, (version) => version),
      }),
    )
  const nothing: Shown = facts.partial === undefined ? { state: 'absent' } : shownAs(notRead(facts), String)
  const none: Fact[] = groups.length + unread.length === 0 ? [{ label, value: nothing }] : []
  return [...none, ...groups, ...unread, ...drivers]
}

/** Of a part no accelerator is asked for. */
function notRead({ accelerators: [first] }: Facts): Reading<unknown> {
  return first?.devices ?? { state: 'absent' }
}

function spaceOf({ spaces }: Facts, name: string): Reading<Space> {
  if (spaces.state !== 'known') return spaces
  const space = spaces.value[name]
  return space === undefined ? { state: 'absent' } : { state: 'known', value: space }
}

function sameDisk({ spaces }: Facts): boolean {
  if (spaces.state !== 'known') return true
  return spaces.value['engine']?.filesystem === spaces.value['rackside']?.filesystem
}
