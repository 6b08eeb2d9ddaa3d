// The stand-in vendor tools print the vendors' layouts: those of an appliance with the cards of one vendor.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest'
import type { AcceleratorKind } from '../../../../scripts/lab/stand-ins/accelerator-kinds.ts'
import { pretendedHardware } from '../../../../scripts/lab/stand-ins/hardware.ts'
import { nodeScript } from '../../../../scripts/lab/stand-ins/install.ts'
import { runtimeName, type Said, standInSays } from '../../../support/stand-in.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rackside-stand-ins-'))
})
afterAll(() => rm(folder, { recursive: true }))

function say(context: TestContext, kind: AcceleratorKind, words: readonly string[], fault = ''): Promise<Said> {
  const tool = kind === 'nvidia-h20x8' ? 'nvidia-smi' : 'npu-smi'
  return standInSays(context, folder, { kind, tool, words, faults: { 'tool-fault': fault } })
}

const fields =
  'index,name,uuid,pci.bus_id,driver_version,memory.total,memory.used,utilization.gpu,temperature.gpu,power.draw,power.limit,ecc.mode.current'

test('nvidia-smi answers a CSV query with one line for each GPU', async (context) => {
  const query = [`--query-gpu=${fields}`, '--format=csv,noheader,nounits']
  const { stdout, status } = await say(context, 'nvidia-h20x8', query)
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(', '))
  expect(status).toBe(0)
  expect(rows).toHaveLength(8)
  for (const [index, row] of rows.entries()) {
    expect(row).toHaveLength(fields.split(',').length)
    expect(row[0]).toBe(String(index))
    expect(row[1]).toBe('NVIDIA H20')
    expect(row[2]).toMatch(/^GPU-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(row[3]).toMatch(/^0{8}:[0-9A-F]{2}:00\.0$/)
    expect(Number(row[5])).toBe(97871)
    expect(Number(row[9])).toBeGreaterThan(50)
    expect(row[11]).toBe('[N/A]')
  }
  expect(new Set(rows.map((row) => row[2])).size).toBe(8)
})

test('a CSV header names the units, and the values carry them', async (context) => {
  const query = ['--query-gpu=memory.total,power.draw,name', '--format=csv', '-i', '3']
  const { stdout } = await say(context, 'nvidia-h20x8', query)
  const [header, row] = stdout.trim().split('\n')
  expect(header).toBe('memory.total [MiB], power.draw [W], name')
  expect(row).toMatch(/^97871 MiB, \d+\.\d\d W, NVIDIA H20$/)
})

test('an unknown field fails the whole query with status 2', async (context) => {
  const { stdout, status } = await say(context, 'nvidia-h20x8', ['--query-gpu=name,colour', '--format=csv'])
  expect(stdout.trim()).toBe('Field "colour" is not a valid field to query.')
  expect(status).toBe(2)
})

test('the table of nvidia-smi is 91 columns wide on every line of its frame', async (context) => {
  const { stdout } = await say(context, 'nvidia-h20x8', [])
  const framed = stdout.split('\n').filter((line) => /^[|+]/.test(line))
  expect(new Set(framed.map((line) => line.length))).toEqual(new Set([91]))
  expect(stdout).toContain('Driver Version: 550.144.03     CUDA Version: 12.4')
})

test('a running runtime shows as a process with its memory on the first device', async (context) => {
  await symlink('/bin/sleep', join(folder, runtimeName))
  const runtime = spawn(join(folder, runtimeName), ['30'], { stdio: 'ignore' })
  await once(runtime, 'spawn')
  const row = (await say(context, 'nvidia-h20x8', [])).stdout.split('\n').find((line) => line.includes(runtimeName))
  const npu = await say(context, 'ascend-910b4x8', ['info'])
  runtime.kill()
  await once(runtime, 'exit')
  expect(row).toMatch(new RegExp(`^\\|    0   N/A  N/A +${runtime.pid} +C   ${runtimeName} +\\d+MiB \\|$`))
  expect(row).toHaveLength(91)
  expect(npu.stdout).toMatch(new RegExp(`^\\| 0       0 +\\| ${runtime.pid} +\\| ${runtimeName} `, 'm'))
  expect(npu.stdout).not.toContain('found in NPU 0')
})

test('the XML is well nested and has one gpu element for each GPU', async (context) => {
  const { stdout } = await say(context, 'nvidia-h20x8', ['-q', '-x'])
  const open: string[] = []
  for (const [, slash, name] of stdout.matchAll(/<(\/?)([a-z_0-9]+)[^>]*>/g)) {
    if (slash === '') open.push(name ?? '')
    else expect(open.pop()).toBe(name)
  }
  expect(open).toEqual([])
  expect(stdout.match(/<gpu id=/g)).toHaveLength(8)
  expect(stdout).toContain('<total>97871 MiB</total>')
})

test('npu-smi info has two rows for each NPU in a frame of 98 columns', async (context) => {
  const { stdout } = await say(context, 'ascend-910b4x8', ['info'])
  const lines = stdout.trim().split('\n')
  expect(new Set(lines.map((line) => line.length))).toEqual(new Set([98]))
  const first = lines.filter((line) => /^\| \d+ +910B4 /.test(line))
  const second = lines.filter((line) => /^\| 0 +\| 0000:[0-9A-F]{2}:00\.0 /.test(line))
  expect(first).toHaveLength(8)
  expect(second).toHaveLength(8)
  for (const line of second) {
    const pairs = [...line.matchAll(/(\d+)\s*\/\s*(\d+)/g)].map(([, used, total]) => [Number(used), Number(total)])
    expect(pairs[0]).toEqual([0, 0])
    expect(pairs[1]?.[1]).toBe(32768)
    expect(pairs[1]?.[0]).toBeGreaterThan(2000)
  }
})

test('npu-smi info -m names every NPU and the MCU beside it', async (context) => {
  const { stdout } = await say(context, 'ascend-910b4x8', ['info', '-m'])
  const rows = stdout
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s{2,}/))
  expect(rows.filter((row) => row[3] === 'Ascend 910B4').map((row) => row[2])).toEqual(
    Array.from({ length: 8 }, (_, index) => String(index)),
  )
  expect(rows.filter((row) => row[3] === 'Mcu')).toHaveLength(8)
})

test('npu-smi info -t pages are lines of key and value', async (context) => {
  const board = await say(context, 'ascend-910b4x8', ['info', '-t', 'board', '-i', '3'])
  expect(board.stdout).toMatch(/^\tSoftware Version +: 25\.2\.0$/m)
  expect(board.stdout).toMatch(/^\tPCIe Bus Info +: 0000:82:00\.0$/m)
  const health = await say(context, 'ascend-910b4x8', ['info', '-t', 'health', '-i', '3'])
  expect(health.stdout).toMatch(/^\tHealth +: OK$/m)
  expect((await say(context, 'ascend-910b4x8', ['info', '-t', 'health', '-i', '9'])).status).toBe(1)
})

test('faults: a mismatch, a lost GPU, an alarm, garbage', async (context) => {
  const mismatch = await say(context, 'nvidia-h20x8', ['-L'], 'mismatch')
  expect([mismatch.status, mismatch.stdout.split('\n')[0]]).toEqual([
    18,
    'Failed to initialize NVML: Driver/library version mismatch',
  ])
  const lost = await say(context, 'nvidia-h20x8', ['-L'], 'lost')
  expect(lost.stdout).toMatch(/^Unable to determine the device handle for GPU1: 0000:26:00\.0: Unknown Error\nGPU 0: /)
  expect(lost.stdout).not.toContain('GPU 1:')
  expect((await say(context, 'ascend-910b4x8', ['info'], 'alarm')).stdout).toMatch(/910B4 +\| Alarm/)
  expect((await say(context, 'ascend-910b4x8', ['info', '-m'], 'garbage')).stdout).not.toContain('NPU ID')
})

test('two appliances never share a GPU identity, and each has a node for every device', () => {
  const one = pretendedHardware('nvidia-h20x8', 'rackside-lab-1')
  const two = pretendedHardware('nvidia-h20x8', 'rackside-lab-2')
  const uuids = [...one, ...two].flatMap((hardware) => hardware.devices.map((device) => device.uuid))
  expect(new Set(uuids).size).toBe(16)
  expect(nodeScript(one)).toContain('nvidia0 nvidia1')
  expect(pretendedHardware('none', 'rackside-lab-1')).toEqual([])
})
