// What an engine's metrics page says in the end: under canonical names, and how many people wait for an answer.
import { expect, it } from 'vitest'
import { absent, known, type Reading, unreadable } from '../../../../shared/domain/reading.ts'
import { readRuntimeMetrics, requestsUnderWay } from '../../../../shared/observe/runtimes/all.ts'

it('reads the page of the engine that the entry names', () => {
  const page = 'llamacpp:requests_processing 2\nllamacpp:requests_deferred 3\n'
  expect(readRuntimeMetrics('llama-cpp', page)).toMatchObject({ running: known(2), waiting: known(3) })
})

it.each<[Reading<number>, Reading<number>, Reading<number>]>([
  [known(2), known(3), known(5)],
  [known(2), absent, known(2)],
  [known(0), known(0), known(0)],
  [absent, known(3), absent],
  [unreadable('why'), known(3), unreadable('why')],
])('%j in work and %j in the queue are %j', (running, waiting, requests) => {
  const tokens = { promptTokens: absent, generatedTokens: absent }
  expect(requestsUnderWay({ running, waiting, ...tokens })).toEqual(requests)
})
