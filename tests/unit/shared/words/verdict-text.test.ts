// The reason of a verdict names the hardware it is about, in both languages.
import { describe, expect, it } from 'vitest'
import type { AcceleratorTrouble } from '../../../../shared/domain/accelerator-trouble.ts'
import { verdictReasonText } from '../../../../shared/words/verdict-text.ts'
import { wordsOf } from '../../../../shared/words/words-of.ts'

const npu = (trouble: 'critical' | 'alarm' | 'unreadable', index: number): AcceleratorTrouble => ({
  trouble,
  vendor: 'ascend',
  kind: 'npu',
  index,
  chip: 0,
})
const [en, zh] = [wordsOf('en'), wordsOf('zh-CN')]

describe('the reason of a verdict', () => {
  it('names the devices and what they have', () => {
    const verdict = { reason: 'accelerator-ill', accelerators: [npu('critical', 4), npu('unreadable', 5)] } as const
    const told = { ...verdict, accelerators: [...verdict.accelerators] }
    expect(verdictReasonText(told, en)).toBe('it answers, but NPU 4 is critical and NPU 5 cannot be read')
    expect(verdictReasonText(told, zh)).toBe('可正常应答，但 NPU 4 严重告警、NPU 5 无法读取')
  })

  it('counts many instead of naming each', () => {
    const accelerators = [1, 2, 3, 4].map((index) => npu('alarm', index))
    expect(verdictReasonText({ reason: 'accelerator-ill', accelerators }, en)).toBe(
      'it answers, but 4 NPUs report an alarm',
    )
    expect(verdictReasonText({ reason: 'accelerator-ill', accelerators: accelerators.slice(0, 3) }, en)).toContain(
      'NPU 3',
    )
    const unread: AcceleratorTrouble[] = [{ trouble: 'unread', vendor: 'nvidia', kind: 'gpu', count: 8 }]
    expect(verdictReasonText({ reason: 'accelerator-unreadable', accelerators: unread }, zh)).toBe(
      '可正常应答，但 8 个 GPU 无法读取',
    )
  })

  it('says the hardware beside another reason, and nothing where all is well', () => {
    expect(verdictReasonText({ reason: 'nothing-deployed', accelerators: [npu('critical', 4)] }, en)).toBe(
      'nothing is installed by Rackside; NPU 4 is critical',
    )
    expect(verdictReasonText({ reason: 'answers' }, en)).toBe(en.verdictReasons.answers)
    expect(verdictReasonText({ reason: 'accelerator-ill' }, en)).toBe(en.verdictReasons['accelerator-ill'])
  })
})
