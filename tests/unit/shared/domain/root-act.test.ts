// Which steps run as root in words of a bundle: installers, units without another user, default runtimes.
import { describe, expect, it } from 'vitest'
import type { StepSpec } from '../../../../shared/domain/plan.ts'
import { rootActOf, rootActsOf } from '../../../../shared/domain/root-act.ts'
import { planCase, planFor } from '../../../support/plan-cases.ts'
import { stepOf, withInstaller } from '../../../support/root-steps.ts'

const plan = planFor(planCase('bare-cpu-server').facts)
const unit = (content: string | undefined, name = 'ward.service'): StepSpec => ({
  ...{ kind: 'systemd-unit', name, enabled: true, started: true },
  ...(content !== undefined && { content }),
})
const runtime = (asDefault: boolean): StepSpec => ({
  ...{ kind: 'runtime-registration', runtime: 'ascend', path: '/usr/local/Ascend/runtime', arguments: ['a b'] },
  ...{ asDefault, activation: 'reload' },
})
const actOf = (spec: StepSpec, change = true) => rootActOf(stepOf('step', spec, change))

describe('what runs as root', () => {
  it('is nothing in a plan of containers', () => {
    expect(rootActsOf(plan)).toEqual([])
  })

  it('is a vendor installer, with its words and the digest of its bytes', () => {
    expect(rootActsOf(withInstaller(plan))).toEqual([
      {
        ...{ step: 'host-package.driver', kind: 'installer' },
        words: `sh ./driver.run --full --install # sha256 ${'a'.repeat(64)}`,
      },
    ])
  })

  it('is the same installer when it takes away what it brought', () => {
    const [step] = withInstaller(plan).steps
    if (step?.spec.kind !== 'host-package') throw new Error('no installer')
    const words = actOf({ kind: 'absent-made', made: step.spec, before: {} })?.words
    expect(words).toContain('sh ./driver.run --uninstall')
    expect(actOf({ ...step.spec, manager: 'deb' })).toBeUndefined()
  })

  it('is a runtime that becomes the default of every container, and no other', () => {
    expect(actOf(runtime(true))).toMatchObject({
      kind: 'default-runtime',
      words: "ascend /usr/local/Ascend/runtime 'a b'",
    })
    expect(actOf(runtime(false))).toBeUndefined()
  })

  it.each([
    ['[Service]\nExecStart=/bin/x'],
    ['[Service]\nUser=root\nExecStart=/bin/x'],
    ['[Service]\nUser=0\nExecStart=/bin/x'],
    ['[Service]\nUser=ward\nUser=\nExecStart=/bin/x'],
    ['[Service]\nUser=%i\nExecStart=/bin/x'],
    ['[Unit]\nUser=ward\n[Service]\nExecStart=/bin/x'],
    ['[Service]\n# User=ward\nExecStart=/bin/x'],
    ['[Service]\nEnvironment=a \\\nUser=ward\nExecStart=/bin/x'],
    ['[Service]\nUser=ward\nExecStartPre=+/bin/y\nExecStart=/bin/x'],
    ['[Service]\nUser=ward\nExecStart=-!/bin/x'],
    ['[Service]\nUser=ward\nPermissionsStartOnly=true\nExecStart=/bin/x'],
    ['[Service]\r\nExecStart=/bin/x\r\n'],
  ])('is a unit without another user: %j', (content) => {
    expect(actOf(unit(content))).toEqual({ step: 'step', kind: 'unit', words: content })
  })

  it.each([
    ['[Service]\nUser=ward\nExecStart=/bin/x'],
    ['[Service]\nUser=1000\nExecStart=-/bin/x'],
    ['[Service]\nDynamicUser=yes\nExecStart=/bin/x'],
    ['[Unit]\nDescription=nothing is started'],
    [undefined],
  ])('is no unit that is another user, or starts nothing: %j', (content) => {
    expect(actOf(unit(content))).toBeUndefined()
  })

  it('is every mount, and a socket that starts something', () => {
    expect(actOf(unit('[Mount]\nWhat=/dev/sdb1', 'srv-data.mount'))).toMatchObject({ kind: 'unit' })
    expect(actOf(unit('[Socket]\nUser=ward\nExecStartPre=/bin/x', 'a.socket'))).toBeUndefined()
    expect(actOf(unit('[Socket]\nExecStartPre=/bin/x', 'a.socket'))).toMatchObject({ kind: 'unit' })
  })

  it('is not what is there already', () => {
    expect(actOf(unit('[Service]\nExecStart=/bin/x'), false)).toBeUndefined()
  })
})
