// What is in the server and what runs on it, for the page of an acceptance.
import type { Acceptance } from '../../../shared/domain/acceptance.ts'
import type { Reading } from '../../../shared/domain/reading.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import type { Words } from '../../../shared/words/words.ts'
import { html, list, type Markup, table } from './markup.ts'

const shortId = 19

/** Absent is said by a dash: nothing is there. What could not be read says why. */
export function readText<T>(reading: Reading<T>, words: Words, text: (value: T) => string = String): string {
  if (reading.state === 'known') return text(reading.value)
  return reading.state === 'absent' ? '–' : words.acceptance.notRead(reading.why)
}

export function hardwareSection({ inventory }: Acceptance, words: Words): Markup {
  const { labels } = words.acceptance
  const { hostname, machineId, os, kernel, architecture, processor, cores, memoryBytes, diskBytes, engine } = inventory
  const text = <T>(reading: Reading<T>, as?: (value: T) => string) => readText(reading, words, as)
  const rows = [
    [labels.hostname, text(hostname)],
    [labels.machineId, text(machineId)],
    [labels.system, text(os)],
    [labels.kernel, `${text(kernel)} (${text(architecture)})`],
    [labels.processor, `${text(processor)} (${text(cores)})`],
    [labels.memory, text(memoryBytes, bytesText)],
    [labels.disk, text(diskBytes, bytesText)],
    [labels.engine, text(engine)],
  ] as const
  return html`${list(rows)}${driversTable(inventory, words)}${devicesTable(inventory, words)}`
}

function driversTable({ drivers }: Acceptance['inventory'], words: Words): Markup | string {
  const { labels } = words.acceptance
  if (drivers.length === 0) return ''
  return table(
    [labels.device, labels.onBus, labels.driver, labels.toolkit],
    drivers.map(({ vendor, onBus, driver, toolkit }) => [
      ...[vendor, readText(onBus, words), readText(driver, words), readText(toolkit, words)],
    ]),
  )
}

function devicesTable({ devices }: Acceptance['inventory'], words: Words): Markup | string {
  const { labels } = words.acceptance
  if (devices.length === 0) return ''
  return table(
    [labels.device, labels.product, labels.memory, labels.serial, labels.firmware, labels.health],
    devices.map(({ vendor, index, chip, product, memoryBytes, serial, firmware, health }) => [
      ...[deviceName({ vendor, index, chip }), readText(product, words), readText(memoryBytes, words, bytesText)],
      ...[readText(serial, words), readText(firmware, words), readText(health, words)],
    ]),
  )
}

/** "ascend 3", "ascend 3.1" for the second die of a card. */
export function deviceName({ vendor, index, chip }: { vendor: string; index: number; chip: number }): string {
  return chip === 0 ? `${vendor} ${index}` : `${vendor} ${index}.${chip}`
}

export function servicesSection({ services }: Acceptance, words: Words): Markup {
  const { labels, nothing } = words.acceptance
  if (services.length === 0) return html`<p class="none">${nothing}</p>`
  return table(
    [labels.service, labels.version, labels.model, labels.publisher, labels.image, labels.state],
    services.map(({ deployment, version, model = '–', publisher, image = '–', state, reason }) => [
      ...[deployment, version, model, publisher?.name ?? '–', html`<code>${image.slice(0, shortId)}</code>`],
      state === 'healthy'
        ? words.verdicts[state]
        : words.cli.list([words.verdicts[state], words.verdictReasons[reason]]),
    ]),
  )
}
