// Whether an engine served somebody between two scrapes: by what it finished, by what it wrote, and never with errors.
import { describe, expect, it } from 'vitest'
import { known } from '../../../../shared/domain/reading.ts'
import { servedBetween } from '../../../../shared/observe/live-traffic.ts'
import { nothingSaid, type RuntimeMetrics } from '../../../../shared/observe/runtimes/runtime-metrics.ts'

const said = (values: Partial<Record<'finished' | 'generatedTokens' | 'errors', number>>): RuntimeMetrics => ({
  ...nothingSaid,
  ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, known(value)])),
})

describe('an engine served somebody', () => {
  it.each([
    ['when requests were finished', { finished: 3 }, { finished: 4 }, true],
    ['when nobody counts requests, and tokens were written', { generatedTokens: 10 }, { generatedTokens: 42 }, true],
    [
      'not when requests were counted and none was finished',
      { finished: 3, generatedTokens: 1 },
      { finished: 3, generatedTokens: 9 },
      false,
    ],
    ['not when one of them failed', { finished: 3, errors: 0 }, { finished: 4, errors: 1 }, false],
    ['not when it says nothing', {}, {}, false],
    ['as one that was started anew', { finished: 300 }, { finished: 2 }, true],
  ])('%s', (_, before, now, served) => {
    expect(servedBetween(said(before), said(now))).toBe(served)
  })

  it('is not known without a look before', () => {
    expect(servedBetween(undefined, said({ finished: 4 }))).toBe(false)
  })
})
