// Two makers call their tool xpu-smi: which one runs, and when, is decided on the appliance.
import { spawnSync } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import { intel } from '../../../../../shared/facts/accelerators/intel.ts'
import { kunlunxin } from '../../../../../shared/facts/accelerators/kunlunxin.ts'
import { makePlace, type Place } from '../shells.ts'

const places: Place[] = []
afterEach(() => {
  for (const place of places.splice(0)) place.remove()
})

function run(shell: string, tools: Readonly<Record<string, string>>) {
  const place = makePlace()
  places.push(place)
  for (const [name, text] of Object.entries(tools)) place.addTool(name, text)
  const ran = spawnSync('/bin/sh', ['-c', shell], { env: { PATH: place.tools, LC_ALL: 'C' }, encoding: 'utf8' })
  return { exitCode: ran.status, stdout: ran.stdout, stderr: ran.stderr }
}

describe("Kunlunxin's tool", () => {
  it('is asked only where one of its cards is on the bus', () => {
    expect(kunlunxin.probes.map((probe) => probe.when)).toEqual(['pci 1d22'])
    expect(intel.probes.find((probe) => probe.id === 'intel-discovery')?.when).toContain('! pci 1d22')
  })

  it('is xpu_smi where that is installed, because xpu-smi may be another maker’s', () => {
    const both = { xpu_smi: 'echo kunlun', 'xpu-smi': 'echo either' }
    expect(run(kunlunxin.sampleProbe.shell, both)).toMatchObject({ exitCode: 0, stdout: 'kunlun\n' })
    expect(run(kunlunxin.sampleProbe.shell, { 'xpu-smi': 'echo either' })).toMatchObject({ stdout: 'either\n' })
  })

  it('is missing without a word where neither is installed', () => {
    expect(run(kunlunxin.sampleProbe.shell, {})).toEqual({ exitCode: 127, stdout: '', stderr: '' })
  })
})
