// What is in a server, of one look: what an acceptance says of it, and what a later one is compared with.
import type { Accelerator, AcceleratorReport } from '../../domain/accelerator.ts'
import type { Inventory } from '../../domain/acceptance.ts'
import type { Facts } from '../../domain/facts.ts'
import { absent, known, type Reading, valueOr } from '../../domain/reading.ts'

const longest = 200
const mostDevices = 128
const mostVendors = 16

export function takeInventory(facts: Facts): Inventory {
  const { cpu, memory, os, spaces, engine, accelerators } = facts
  // Of every vendor there is a report; only those with something to say are hardware.
  const there = accelerators.filter((one) => isThere(one)).slice(0, mostVendors)
  return {
    machineId: cut(facts.machineId),
    hostname: cut(facts.hostname),
    os: cut(mapped(os, ({ prettyName }) => prettyName)),
    kernel: cut(facts.kernel),
    architecture: cut(facts.architecture),
    processor: cut(mapped(cpu, ({ model }) => model)),
    cores: mapped(cpu, ({ logicalCores }) => logicalCores),
    memoryBytes: mapped(memory, ({ totalBytes }) => totalBytes),
    diskBytes: found(spaces, (all) => all['rackside']?.totalBytes ?? all['root']?.totalBytes),
    engine: cut(mapped(engine, ({ kind, version }) => `${kind} ${version}`)),
    drivers: there.map(({ vendor, driverVersion, toolkit = absent, pciCount }) => ({
      ...{ vendor, driver: cut(driverVersion), toolkit: cut(toolkit), onBus: pciCount },
    })),
    devices: there.flatMap(({ devices }) => valueOr(devices, []).map(deviceOf)).slice(0, mostDevices),
  }
}

function isThere({ pciCount, devices }: AcceleratorReport): boolean {
  return valueOr(pciCount, 0) > 0 || valueOr(devices, []).length > 0
}

function deviceOf(one: Accelerator): Inventory['devices'][number] {
  const { vendor, index, chip, product, uuid, memoryTotalBytes, health, detail = {} } = one
  const serial = detail.serial?.state === 'known' ? detail.serial : uuid
  return {
    ...{ vendor, index, chip, product: cut(product), serial: cut(serial), memoryBytes: memoryTotalBytes, health },
    firmware: cut(detail.firmware ?? absent),
  }
}

function cut(text: Reading<string>): Reading<string> {
  return mapped(text, (one) => one.slice(0, longest))
}

function mapped<T, U>(reading: Reading<T>, read: (value: T) => U): Reading<U> {
  return reading.state === 'known' ? known(read(reading.value)) : reading
}

function found<T, U>(reading: Reading<T>, read: (value: T) => U | undefined): Reading<U> {
  if (reading.state !== 'known') return reading
  const value = read(reading.value)
  return value === undefined ? absent : known(value)
}
