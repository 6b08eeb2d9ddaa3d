// What steps made of the system itself goes in an uninstall, but for what somebody else's containers stand on.
import { describe, expect, it } from 'vitest'
import type { Kept } from '../../../../shared/domain/kept.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { absent, known } from '../../../../shared/domain/reading.ts'
import { makeUninstall } from '../../../../shared/plan/uninstall.ts'
import { planCase, tools, wish } from '../../../support/plan-cases.ts'

type HostStep = StepSpecOf<'absent-made'>['made']

const { facts } = planCase('installed')
const nothing = { ...facts, containers: known([]), networks: known([]) }
const grafana = { imageId: 'sha256:1', name: 'grafana', running: true, runtime: 'runc', gpus: false }

const part = (name: string) => ({ name, version: '1', fileName: `${name}.deb`, artifactSha256: 'a'.repeat(64) })
const packageOf = (...names: string[]): HostStep => ({
  ...{ kind: 'host-package', package: 'some-package', manager: 'deb', arguments: [], removeArguments: [], hold: false },
  ...{ rebootNeeded: false, parts: names.map(part), lockWaitSeconds: 60 },
})
const registration = (activation: 'reload' | 'restart'): HostStep => ({
  ...{ kind: 'runtime-registration', runtime: 'nvidia', path: '/usr/bin/nvidia-container-runtime', arguments: [] },
  ...{ asDefault: false, activation },
})
const unit = (name: string): HostStep => ({ kind: 'systemd-unit', name, enabled: true, started: true })
const folder: HostStep = { kind: 'directory', path: '/opt/Ward_Data', owner: 'root', group: 'root', mode: '0755' }

function away(made: readonly HostStep[], strangers: Kept['strangers'] = []) {
  const kept: Kept = {
    ...{ there: false, backups: false, versions: [], images: [], strangers, folders: [], tags: [], held: [] },
    engineSettings: absent,
  }
  const installed = { facts: nothing, kept, made: made.map((one) => ({ made: one, before: {} })) }
  return makeUninstall(installed, { address: wish.address, deletesData: false }, tools).steps
}

/** One thing that was made: whether it goes. */
const goes = (made: HostStep, strangers: Kept['strangers'] = []) => away([made], strangers)[0]?.change

describe('what was made of the system', () => {
  it('has a step each, named by what it is, in the order in which it can go', () => {
    expect(away([folder, unit('ward.timer'), registration('reload')]).map(({ id }) => id)).toEqual([
      'absent-made.0.opt-ward-data',
      'absent-made.1.ward.timer',
      'absent-made.2.usr-bin-nvidia-container-runtime',
    ])
  })

  it('goes where nobody else runs anything', () => {
    for (const made of [packageOf('docker.io'), unit('docker.service'), registration('restart'), folder]) {
      expect(goes(made), JSON.stringify(made)).toBe(true)
    }
  })

  it('of the engine stays where somebody has containers, also beside parts that are none of it', () => {
    for (const made of [packageOf('pigz', 'docker.io'), packageOf('containerd.io'), unit('docker.service')]) {
      expect(away([made], [grafana])[0], JSON.stringify(made)).toMatchObject({
        change: false,
        reason: 'used-by-others',
      })
    }
    for (const made of [packageOf('pigz'), unit('ward.service'), folder]) {
      expect(goes(made, [grafana]), JSON.stringify(made)).toBe(true)
    }
  })

  it('of the toolkit stays where one of them is given accelerators', () => {
    const toolkit = [packageOf('nvidia-container-toolkit'), registration('reload')]
    const byEngine = { ...grafana, gpus: true }
    const byRuntime = { ...grafana, runtime: 'nvidia' }
    for (const made of toolkit) {
      expect(goes(made, [grafana])).toBe(true)
      expect(
        goes(made, [
          { ...grafana, runtime: '' },
          { ...grafana, runtime: '-' },
        ]),
      ).toBe(true)
      expect(goes(made, [grafana, byEngine])).toBe(false)
      expect(goes(made, [grafana, byRuntime])).toBe(false)
    }
    expect(goes(folder, [byEngine])).toBe(true)
  })

  it('says whose containers stop when the engine is started anew for it', () => {
    const stopped = { ...grafana, name: 'backup', running: false }
    expect(away([registration('restart')], [grafana, stopped])[0]).toMatchObject({
      interrupts: true,
      stops: ['grafana'],
    })
    expect(away([registration('reload')], [grafana])[0]?.stops).toBeUndefined()
    expect(away([registration('restart')], [stopped])[0]).toMatchObject({ interrupts: false })
  })
})
