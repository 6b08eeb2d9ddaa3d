// What engines write about their devices when they start: a log and what follows from it, in tests/fixtures/device-proof/logs.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { valueOr } from '../../../../../shared/domain/reading.ts'
import { startLines } from '../../../../../shared/facts/device-look.ts'
import { readEngineWord } from '../../../../../shared/verify/device/engine-word.ts'

const folder = fileURLToPath(new URL('../../../../fixtures/device-proof/logs/', import.meta.url))
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.log') ? [file.slice(0, -'.log'.length)] : []))
const linesOf = (name: string) => readFileSync(`${folder}${name}.log`, 'utf8').trimEnd().split('\n')
/** As `grep -E` has it on the appliance. */
const leaves = new RegExp(startLines.join('|'))

describe('the log of an engine', () => {
  it.each(names)('says where it computes: %s', (name) => {
    const { lines: _, ...said } = valueOr(readEngineWord(linesOf(name)), { lines: [] })
    const expected: unknown = JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8'))
    expect(said).toEqual(expected ?? {})
  })

  it.each(names)('says the same by the lines that leave the appliance: %s', (name) => {
    const left = linesOf(name).filter((line) => leaves.test(line))
    expect(readEngineWord(left)).toEqual(readEngineWord(linesOf(name)))
  })

  it('keeps no control characters, and no more than a dozen lines', () => {
    const lines = Array.from(
      { length: 40 },
      (_, at) => `\u001b[31mload_tensors: offloaded ${at}/40 layers to GPU\u0007`,
    )
    const word = valueOr(readEngineWord(lines), undefined)
    expect(word?.lines).toHaveLength(12)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there.
    expect(word?.lines.join('')).not.toMatch(/[\u0000-\u001f]/)
  })

  it('reads a line without an end in no time', () => {
    const long = `server_args=ServerArgs(${'device= '.repeat(200_000)}`
    const began = performance.now()
    readEngineWord([long, ' '.repeat(500_000), `using device CUDA0 (${'('.repeat(100_000)}`])
    expect(performance.now() - began).toBeLessThan(500)
  })
})
