// The fragments that read the kernel's own files, on a folder that looks like /sys: what a shell really prints is what
// the readers read.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { amd } from '../../../../../shared/facts/accelerators/amd.ts'
import { intel } from '../../../../../shared/facts/accelerators/intel.ts'
import type { VendorReader } from '../../../../../shared/facts/accelerators/vendor.ts'
import { answer, compact } from '../recorded.ts'
import { makePlace } from '../shells.ts'

const places: string[] = []
afterEach(() => {
  for (const place of places.splice(0)) rmSync(place, { recursive: true, force: true })
})

/** Runs a vendor's sample fragment where /sys holds only these files; without `tools` no tool is installed. */
function run({ sampleProbe, readSample }: VendorReader, files: Readonly<Record<string, string>>, tools = '/nowhere') {
  const place = mkdtempSync(join(tmpdir(), 'rackside-sysfs-'))
  places.push(place)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, path)), { recursive: true })
    writeFileSync(join(place, path), text)
  }
  const shell = sampleProbe.shell.replaceAll('/sys/', `${place}/sys/`).replaceAll('/opt/rocm/', `${place}/opt/rocm/`)
  const ran = spawnSync('/bin/sh', ['-c', shell], { env: { PATH: tools, LC_ALL: 'C' }, encoding: 'utf8' })
  const { devices } = readSample(answer(sampleProbe.id, ran.stdout))
  return { exitCode: ran.status, stdout: ran.stdout, stderr: ran.stderr, devices: compact(devices) }
}

const card = 'sys/class/drm/card1'
const instinct = {
  'sys/module/amdgpu/version': '6.12.12\n',
  'opt/rocm/.info/version': '6.4.1-83\n',
  [`${card}/device/vendor`]: '0x1002\n',
  [`${card}/device/uevent`]: 'DRIVER=amdgpu\nPCI_ID=1002:74A1\nPCI_SLOT_NAME=0000:05:00.0\n',
  [`${card}/device/gpu_busy_percent`]: '42\n',
  [`${card}/device/mem_info_vram_total`]: '206142701568\n',
  [`${card}/device/mem_info_vram_used`]: '299302912\n',
  [`${card}/device/drm/renderD128/uevent`]: '\n',
  [`${card}/device/hwmon/hwmon7/temp2_input`]: '38000\n',
  [`${card}/device/hwmon/hwmon7/power1_input`]: '141000000\n',
  [`${card}/device/ras/umc_err_count`]: 'ue: 0\nce: 3\n',
  // An output of the card, and a screen of another maker.
  'sys/class/drm/card1-DP-1/device/vendor': '0x1002\n',
  'sys/class/drm/card0/device/vendor': '0x1a03\n',
}

describe('the files of AMD cards', () => {
  it('are read for every card of its driver, and for nothing else', () => {
    const { exitCode, stdout, stderr, devices } = run(amd, instinct)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout.split('\n').slice(0, 4)).toEqual(['amd-sysfs', 'module=6.12.12', 'rocm=6.4.1-83', 'card card1'])
    expect(devices).toMatchObject([
      {
        index: 1,
        product: 'MI300X',
        pciAddress: '0000:05:00.0',
        memoryTotalBytes: 206142701568,
        memoryUsedBytes: 299302912,
        utilizationPercent: 42,
        temperatureCelsius: 38,
        powerWatts: 141,
        health: 'ok',
        detail: { node: '/dev/dri/renderD128', uncorrectedMemoryErrors: 0, correctedMemoryErrors: 3 },
      },
    ])
  })

  it('that cannot be read are unreadable, and the others are read', () => {
    const { [`${card}/device/gpu_busy_percent`]: _gone, ...others } = instinct
    // A folder in its place refuses to be read, as a card does that has fallen asleep.
    const asleep = { [`${card}/device/gpu_busy_percent/x`]: '', [`${card}/device/unique_id/x`]: '' }
    const { devices } = run(amd, { ...others, ...asleep })
    const [busy, uuid] = ['gpu_busy_percent', 'unique_id'].map((name) => `(unreadable) ${name} could not be read`)
    expect(devices).toMatchObject([{ utilizationPercent: busy, uuid, powerWatts: 141 }])
  })

  it('are read also where their last line has no end', () => {
    const { stdout, devices } = run(amd, {
      ...instinct,
      [`${card}/device/product_name`]: 'Instinct MI300X OAM',
      'opt/rocm/.info/version': '6.4.1',
    })
    expect(stdout).toContain('\nrocm=6.4.1\n')
    expect(devices).toMatchObject([{ product: 'Instinct MI300X OAM' }])
  })

  it('say nothing at all where there is no such card and no tool', () => {
    const screen = {
      'sys/class/drm/card0/device/vendor': '0x1002\n',
      'sys/class/drm/card0/device/uevent': 'DRIVER=radeon\n',
    }
    expect(run(amd, screen)).toMatchObject({ exitCode: 127, stdout: '', stderr: '' })
    expect(run(amd, {})).toMatchObject({ exitCode: 127, stdout: '', stderr: '' })
  })
})

const flex = {
  'sys/class/drm/card1/device/vendor': '0x8086\n',
  'sys/class/drm/card1/device/device': '0x56c0\n',
  'sys/class/drm/card1/device/uevent': 'DRIVER=i915\nPCI_ID=8086:56C0\nPCI_SLOT_NAME=0000:4d:00.0\n',
  'sys/class/drm/card1/device/hwmon/hwmon2/temp1_input': '41000\n',
  'sys/class/accel/accel0/device/vendor': '0x8086\n',
  'sys/class/accel/accel0/device/device': '0x643e\n',
  'sys/class/accel/accel0/device/uevent': 'DRIVER=intel_vpu\nPCI_ID=8086:643E\nPCI_SLOT_NAME=0000:00:0b.0\n',
  // The graphics of the processor itself.
  'sys/class/drm/card0/device/vendor': '0x8086\n',
  'sys/class/drm/card0/device/device': '0x4680\n',
  'sys/class/drm/card0/device/uevent': 'DRIVER=i915\nPCI_ID=8086:4680\nPCI_SLOT_NAME=0000:00:02.0\n',
}

describe('the files of Intel cards', () => {
  it('are read for cards and NPUs whose ids are listed, and not for the graphics of a processor', () => {
    const { exitCode, stderr, devices } = run(intel, flex)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(devices).toMatchObject([
      { kind: 'gpu', index: 1, product: 'Data Center GPU Flex 170', temperatureCelsius: 41 },
      { kind: 'npu', index: 256, product: 'AI Boost NPU', detail: { node: '/dev/accel/accel0' } },
    ])
  })

  it('are read in place of a tool that may be another maker’s, and beside its own only of NPUs, which it does not know', () => {
    const stand = makePlace()
    stand.addTool('xpu-smi', 'echo "$*"')
    const dump = 'dump -d -1 -m 0,1,3,18 -i 1 -n 2\n'
    const { stdout } = run(intel, flex, stand.tools)
    expect(stdout).toMatch(/^intel-sysfs\ncard accel0\n/)
    expect(stdout).not.toContain('card card')
    expect(stdout.endsWith(dump)).toBe(true)
    const graphicsOnly = Object.fromEntries(Object.entries(flex).filter(([path]) => !path.includes('accel')))
    expect(run(intel, graphicsOnly, stand.tools).stdout).toBe(dump)
    const beside = { ...flex, 'sys/bus/pci/devices/0000:17:00.0/vendor': '0x1d22\n' }
    expect(run(intel, beside, stand.tools).stdout).toContain('card card1')
    stand.remove()
  })

  it('say nothing at all where only the graphics of a processor are there', () => {
    const own = Object.fromEntries(Object.entries(flex).filter(([path]) => path.includes('card0')))
    expect(run(intel, own)).toMatchObject({ exitCode: 127, stdout: '', stderr: '' })
  })
})
