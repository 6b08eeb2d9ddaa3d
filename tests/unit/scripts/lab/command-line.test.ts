// The words of the command line.
import { expect, test } from 'vitest'
import { readCommandLine } from '../../../../scripts/lab/command-line.ts'
import { LabFailure } from '../../../../scripts/lab/lab-failure.ts'

test('options may stand anywhere and take their value with or without an equals sign', () => {
  expect(readCommandLine(['--json', 'up', '--count=2', '--accelerators', 'none'])).toMatchObject({
    verb: 'up',
    json: true,
    count: 2,
    accelerators: 'none',
  })
})

test('words after -- belong to the command that exec runs', () => {
  const line = readCommandLine(['exec', 'rackside-lab-1', '--', 'ls', '--json', '-l'])
  expect(line).toMatchObject({
    verb: 'exec',
    words: ['rackside-lab-1'],
    rest: ['ls', '--json', '-l'],
    json: false,
  })
})

test('no words ask for help', () => {
  expect(readCommandLine([]).verb).toBe('help')
  expect(readCommandLine(['up', '--help']).verb).toBe('help')
})

test.each([
  [['up', '--count', '0']],
  [['up', '--count', 'two']],
  [['up', '--count']],
  [['up', '--accelerators', 'abacus']],
  [['up', '--image-store', 'cellar']],
  [['up', '--cuont', '2']],
  [['artifacts', '--extra-weights-mib', '-1']],
])('%j is refused', (words) => {
  expect(() => readCommandLine(words)).toThrow(LabFailure)
})
