// Every reader on recorded answers: real layouts, lost devices, dead daemons, garbage.
import { describe, expect, it } from 'vitest'
import { compact, readers, recordedCases } from './recorded.ts'

describe.each(Object.keys(readers))('%s reads what was recorded', (reader) => {
  const cases = recordedCases().filter((one) => one.reader === reader)

  it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const read = readers[reader]?.(one.answers)
    expect(compact(read)).toEqual(one.expected)
  })
})
