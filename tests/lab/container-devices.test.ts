// What containers see of their accelerators, looked up inside real ones: a node that was removed there, a driver that
// cannot be reached there, and a tool that never ends there, all beside a host on which nothing is wrong.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest'
import type { Facts } from '../../shared/domain/facts.ts'
import type { Examination } from '../../shared/domain/finding.ts'
import { known } from '../../shared/domain/reading.ts'
import type { DeviceContainer } from '../../shared/domain/stack.ts'
import { bareAppliance, canRunLab, inside, type LabAppliance, labNeeds, TestConsole } from '../support/lab.ts'
import { needs } from '../support/needs.ts'
import { today } from '../support/today.ts'

/** A shell with an nvidia-smi that does what its container's environment says. */
const makeImage = `set -e
folder=$(mktemp -d)
mkdir -p $folder/bin $folder/dev $folder/proc $folder/sys
cp /usr/bin/busybox $folder/bin/
for applet in sh sleep rm; do ln -s busybox $folder/bin/$applet; done
printf '#!/bin/sh\\n%s\\n' 'eval "$PLAYS"' >$folder/bin/nvidia-smi
chmod 755 $folder/bin/nvidia-smi
tar -C $folder -c . | docker import - rackside-lab-tiny
rm -r $folder`

describe('a container with accelerators', () => {
  const console = new TestConsole()
  let appliance: LabAppliance

  beforeAll(async () => {
    if (!canRunLab) return
    appliance = await bareAppliance('mixed-four-vendors')
    await inside(appliance, 'sh', '-c', makeImage)
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterEach(async () => {
    if (canRunLab) await inside(appliance, 'sh', '-c', 'docker rm --force $(docker ps -aq)')
  })
  afterAll(() => console.remove())

  async function start(name: string, ...words: string[]): Promise<void> {
    const run = ['docker', 'run', '--detach', '--name', name, ...words, 'rackside-lab-tiny']
    const id = await inside(appliance, ...run, 'sleep', '3600')
    expect(id.trim()).toMatch(/^[0-9a-f]{64}$/)
  }

  async function looked(): Promise<readonly DeviceContainer[]> {
    const { code, json, errors } = await console.run('detect', appliance)
    expect(code, errors).toBe(0)
    const found = (json as unknown as Facts).stack?.containerDevices
    if (found?.state !== 'known') throw new Error(`containers were not looked into: ${JSON.stringify(found)}`)
    return found.value
  }

  async function findings(): Promise<ReadonlyMap<string, readonly string[]>> {
    const { json } = await console.run('doctor', appliance)
    const { findings: all = [] } = json as Partial<Examination>
    return new Map(all.filter(({ rule }) => rule.startsWith('container-')).map((one) => [one.rule, one.evidence]))
  }

  const nodes = (...names: string[]) => names.flatMap((name) => ['--device', name])

  today(0, 4)('sees what it was given; one without is not looked into', async () => {
    await start('plain')
    await start('seeing', ...nodes('/dev/davinci0', '/dev/davinci2:/dev/davinci1'))
    expect(await looked()).toEqual([
      {
        name: 'seeing',
        deployment: { state: 'absent' },
        given: [
          { by: 'node', node: '/dev/davinci0' },
          { by: 'node', node: '/dev/davinci1' },
        ],
        sees: known(['/dev/davinci0', '/dev/davinci1']),
      },
    ])
    expect(await findings()).toEqual(new Map())
  })

  today(1, 4)('is found where a node was removed in it, and is whole again after a restart', async () => {
    await start('robbed', ...nodes('/dev/davinci0', '/dev/davinci1'))
    await inside(appliance, 'docker', 'exec', 'robbed', 'rm', '/dev/davinci1')
    expect((await looked())[0]?.sees).toEqual(known(['/dev/davinci0']))
    expect(await findings()).toEqual(new Map([['container-fewer-devices', ['robbed: /dev/davinci1: -']]]))

    await inside(appliance, 'docker', 'exec', 'robbed', 'rm', '/dev/davinci0')
    expect((await findings()).get('container-lost-devices')?.slice(0, 2)).toEqual([
      'robbed: /dev/davinci0: -',
      'robbed: /dev/davinci1: -',
    ])

    await inside(appliance, 'docker', 'restart', '--time', '0', 'robbed')
    expect(await findings()).toEqual(new Map())
  })

  today(2, 4)('is found where its NVIDIA tool cannot reach the driver, though its nodes are there', async () => {
    await start(
      'cut-off',
      ...nodes('/dev/nvidia0'),
      '--env',
      "PLAYS=echo 'Failed to initialize NVML: Unknown Error'; exit 255",
    )
    expect((await looked())[0]?.sees).toMatchObject({ state: 'unreadable' })
    const evidence = (await findings()).get('container-lost-devices')
    expect(evidence?.[0]).toBe('cut-off: Failed to initialize NVML: Unknown Error (exit 255)')
  })

  today(3, 4)('gets one call of a tool that never ends, however often it is looked into', async () => {
    // A container given no NVIDIA cards by its engine is told what it sees by its nodes alone, whatever the tool does.
    await start('stuck', ...nodes('/dev/nvidia0'), '--env', 'PLAYS=while :; do sleep 1; done')
    for (let look = 0; look < 2; look += 1) expect((await looked())[0]?.sees).toEqual(known(['/dev/nvidia0']))
    const lines = (await inside(appliance, 'ps', '-eo', 'comm=,ppid=')).split('\n')
    expect(lines.filter((line) => line.startsWith('nvidia-smi'))).toHaveLength(1)
  })
})
