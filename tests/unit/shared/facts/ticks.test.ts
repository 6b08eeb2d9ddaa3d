// A tick of the sampler: the host's lines after its number, then the answers of the tools that were ready.
import { expect, it } from 'vitest'
import { frameText } from '../../../../shared/facts/frames.ts'
import { readTick, tickEnd, tickStart } from '../../../../shared/facts/ticks.ts'

const nonce = 'n0nce0123456789abc'
const answered = frameText(nonce, 'npu-smi', 'table')

it.each([
  ['7\ncpu 1\nMemTotal: 2\n', 'cpu 1\nMemTotal: 2\n', []],
  [`7\ncpu 1${answered}`, 'cpu 1', ['npu-smi']],
  [`7\ncpu 1${answered}${frameText(nonce, 'nvidia-smi', 'x')}`, 'cpu 1', ['npu-smi', 'nvidia-smi']],
  [`7${answered}`, '7', ['npu-smi']],
  [
    `7\n${frameText('other', 'npu-smi', 'x')}`,
    '\nother answer npu-smi answered 0 - 1 1 0 0\nx\nother stderr\n\nother end\n',
    [],
  ],
  ['', '', []],
])('%j', (text, hostText, ids) => {
  const tick = readTick(text, nonce)
  expect([tick.hostText, tick.answers.map(({ id }) => id)]).toEqual([hostText, ids])
})

it('stands between two lines that no tool can guess', () => {
  expect([tickStart(nonce), tickEnd(nonce)]).toEqual([`\n${nonce} tick `, `\n${nonce} over\n`])
})
