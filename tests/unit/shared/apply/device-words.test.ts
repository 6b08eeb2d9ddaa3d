// What a container is told about devices is what the vendor's own reader said about this appliance, and no more.
import { describe, expect, it } from 'vitest'
import { valueOr } from '../../../../shared/domain/reading.ts'
import { ascend } from '../../../../shared/facts/accelerators/ascend.ts'
import { reportOf } from '../../../../shared/facts/accelerators/report.ts'
import { planCase, planFor } from '../../../support/plan-cases.ts'
import { commandsText } from '../../../support/plan-text.ts'
import { answer } from '../facts/recorded.ts'

const { facts } = planCase('eight-h20')
const [nvidia] = facts.accelerators.filter((report) => report.vendor === 'nvidia')
const wordsWith = (container: NonNullable<typeof nvidia>['container']) => {
  if (nvidia === undefined) throw new Error('the case lost its report')
  const others = facts.accelerators.filter((report) => report !== nvidia)
  const { container: _, ...bare } = nvidia
  const changed = { ...facts, accelerators: [...others, container === undefined ? bare : { ...bare, container }] }
  return commandsText(planFor(changed), changed).replaceAll(/\s+/g, ' ')
}

describe('the devices of a container', () => {
  it('are nodes, groups, files and variables, each as one word of its own', () => {
    const words = wordsWith({
      runtime: 'ascend',
      devices: ['/dev/davinci0', '/dev/davinci_manager'],
      groups: ['44'],
      securityOptions: ['seccomp=unconfined'],
      environment: { VISIBLE: '0,1' },
      mounts: ['/usr/local/dcmi'],
    })
    expect(words).toContain('--runtime ascend')
    expect(words).toContain('--device /dev/davinci0 --device /dev/davinci_manager')
    expect(words).toContain('--group-add 44 --security-opt seccomp=unconfined')
    expect(words).toContain('--mount type=bind,source=/usr/local/dcmi,target=/usr/local/dcmi,readonly')
    expect(words).toContain('--env VISIBLE=0,1')
  })

  it('are none where the appliance did not say', () => {
    expect(wordsWith(undefined)).not.toMatch(/--(gpus|device|runtime)\b/)
  })

  it('are of Ascend only those nodes and files that are there', () => {
    const listed = 'nodes\nascend node /dev/davinci0\nascend path /dev/davinci_manager\nascend path /usr/local/dcmi\n'
    const table = '| 0     910B4 | OK | 91.8 36 0 / 0 |\n| 0 | 0000:C1:00.0 | 0 0 / 0 2871 / 32768 |\n'
    const answers = new Map([answer('accelerator-nodes', listed), answer('npu-smi', table)].map((one) => [one.id, one]))
    const report = reportOf(ascend, answers)
    expect(valueOr(report.devices, [])).toHaveLength(1)
    expect(report.nodes).toEqual(['/dev/davinci0'])
    expect(report.container).toMatchObject({
      devices: ['/dev/davinci0', '/dev/davinci_manager'],
      mounts: ['/usr/local/dcmi'],
    })
  })
})
