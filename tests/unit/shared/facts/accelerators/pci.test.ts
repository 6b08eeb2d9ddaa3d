// What the bus shows, on a folder that looks like /sys: accelerators and what joins them, and no other bridge.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { nvidia } from '../../../../../shared/facts/accelerators/nvidia.ts'
import { pciProbe, readBus, switchesOnBus } from '../../../../../shared/facts/accelerators/pci.ts'
import type { Answers } from '../../../../../shared/facts/probe.ts'
import { answer } from '../recorded.ts'

const places: string[] = []
afterEach(() => {
  for (const place of places.splice(0)) rmSync(place, { recursive: true, force: true })
})

type BusFunction = readonly [address: string, vendor: string, device: string, deviceClass: string, driver?: string]

/** The probe's own answer where the bus has these. */
function onBus(...functions: readonly BusFunction[]): Answers {
  const place = mkdtempSync(join(tmpdir(), 'rackside-pci-'))
  places.push(place)
  const bus = join(place, 'sys/bus/pci')
  mkdirSync(join(bus, 'devices'), { recursive: true })
  for (const [address, vendor, device, deviceClass, driver] of functions) {
    const folder = join(bus, 'devices', address)
    mkdirSync(folder)
    for (const [file, text] of Object.entries({ vendor, device, class: deviceClass }))
      writeFileSync(join(folder, file), `${text}\n`)
    if (driver === undefined) continue
    mkdirSync(join(bus, 'drivers', driver), { recursive: true })
    symlinkSync(join(bus, 'drivers', driver), join(folder, 'driver'))
  }
  const shell = pciProbe.shell.replaceAll('/sys/', `${place}/sys/`)
  const ran = spawnSync('/bin/sh', ['-c', shell], { env: { PATH: '/nowhere', LC_ALL: 'C' }, encoding: 'utf8' })
  return new Map([[pciProbe.id, answer(pciProbe.id, ran.stdout, { stderr: ran.stderr })]])
}

const gpu = ['0000:1b:00.0', '0x10de', '0x2330', '0x030200', 'nvidia'] as const
const switches = [
  ['0000:05:00.0', '0x10de', '0x22a3', '0x068000', 'nvidia-nvswitch'],
  ['0000:06:00.0', '0x10de', '0x1af1', '0x068000'],
] as const
const bridges = [
  ['0000:00:1f.0', '0x8086', '0x7a04', '0x068000'],
  ['0000:00:02.0', '0x10de', '0x0369', '0x068000'],
] as const

it('NVSwitches are counted beside the GPUs, with a driver or without, and are none', () => {
  const answers = onBus(gpu, ...switches, ...bridges)
  const bus = readBus(answers, nvidia.bus)
  expect(bus.state === 'known' ? bus.value.map(({ address }) => address) : bus).toEqual(['0000:1b:00.0'])
  expect(switchesOnBus(answers, nvidia.bus)).toBe(2)
})

it('the bridges of other makers are not told', () => {
  expect(onBus(gpu, ...bridges).get(pciProbe.id)?.stdout).not.toContain('0x8086')
  expect(switchesOnBus(onBus(gpu, ...bridges), nvidia.bus)).toBe(0)
})

it('a switch that a virtual machine was given is not counted', () => {
  expect(switchesOnBus(onBus(gpu, ['0000:05:00.0', '0x10de', '0x22a3', '0x068000', 'vfio-pci']), nvidia.bus)).toBe(0)
})
