// What happens to a setup that nobody meant: a stick that is pulled out, a start-up file that starts another shell.
// Whoever sits there is told what it was, and the same command again finishes it. And what others see meanwhile.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { takeAllAway } from '../support/installed-state.ts'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  inside,
  type LabAppliance,
  lab,
  labNeeds,
  TestConsole,
} from '../support/lab.ts'
import { needs } from '../support/needs.ts'
import { reached } from '../support/setup-strikes.ts'

const watch = `
while [ ! -e /run/watched ]; do
  for file in /proc/[0-9]*/cmdline; do tr "\\0" " " <"$file" 2>/dev/null; echo; done
done | grep "^docker run" | sort -u`

describe('an unlucky setup', () => {
  let appliance: LabAppliance
  let folder = ''
  const stick = mkdtempSync(join(tmpdir(), 'rackside-stick-'))
  const console = new TestConsole()

  beforeAll(async () => {
    if (!canRunLab) return
    folder = await artifactsFolder()
    appliance = await bareAppliance()
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => {
    console.remove()
    rmSync(stick, { recursive: true, force: true })
  })

  it('whose stick is pulled out says so, and goes on once it is back', async () => {
    cpSync(folder, stick, { recursive: true })
    await lab('fault', appliance.name, 'slow', 'to', '200')
    const struck = console.setup(appliance, stick)
    await reached(struck, { steps: 0, thenMs: 1000 })
    rmSync(join(stick, 'artifacts'), { recursive: true })
    const { json, errors } = await struck.ended
    await lab('fault', appliance.name, 'slow', 'undo')
    expect(json['failure'], errors).toMatchObject({
      kind: 'bundle-unusable',
      folder: stick,
      problem: expect.stringContaining('it is missing'),
    })
    cpSync(folder, stick, { recursive: true })
    expect(await console.setup(appliance, stick).ended).toMatchObject({ code: 0, json: { verdict: 'healthy' } })
  })

  it('does nothing in another shell than the one that was asked for', async () => {
    await inside(appliance, 'sed', '-i', '1i exec bash --norc', '/home/ops/.bashrc')
    try {
      const { json } = await console.setup(appliance, folder).ended
      expect(json['failure']).toMatchObject({
        kind: 'shell-unusable',
        detail: expect.stringContaining('another shell took the place'),
      })
    } finally {
      await inside(appliance, 'sed', '-i', '1d', '/home/ops/.bashrc')
    }
  })

  it('shows nobody what a container has in its environment (P11)', async () => {
    await takeAllAway(appliance)
    const seen = inside(appliance, 'sh', '-c', watch)
    const { code, errors } = await console.setup(appliance, folder).ended
    await inside(appliance, 'touch', '/run/watched')
    expect(code, errors).toBe(0)
    const lines = (await seen).trim().split('\n')
    expect(lines.some((line) => line.includes('rackside-clinic-note-helper'))).toBe(true)
    expect(lines.filter((line) => line.includes('MODEL_BASE_URL'))).toEqual([])
    const format = '{{range .Config.Env}}{{println .}}{{end}}'
    const environment = await inside(appliance, 'docker', 'inspect', '--format', format, 'rackside-clinic-note-helper')
    expect(environment).toContain('MODEL_BASE_URL=http://clinic-model:8080/v1\n')
  })
})
