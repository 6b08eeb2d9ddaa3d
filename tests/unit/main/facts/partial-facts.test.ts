// Asking systeminformation: what fails or hangs costs its own readings; and the real one, which answers on Linux too.
import { readFileSync } from 'node:fs'
import { hostname, release } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { pause } from '../../../../main/console-host/this-computer.ts'
import { gatherPartialFacts, type PartialTools, systemInformation } from '../../../../main/facts/partial-facts.ts'
import { facts as factsSchema } from '../../../../shared/domain/facts.ts'
import { partialPlatform } from '../../../../shared/domain/partial-platform.ts'
import { valueOr } from '../../../../shared/domain/reading.ts'
import { systemCallsOn } from '../../../../shared/facts/partial.ts'
import { factsOf, partialCase, partialCases, sourcesOf } from '../../../support/partial-cases.ts'

const now = () => new Date('2026-11-26T09:00:00.000Z')
const never = new Promise<never>(() => undefined)

/** Time that only passes when every call that answers has answered. */
function toolsWith(platform: PartialTools['platform']) {
  const waiting = new Set<AbortSignal | undefined>()
  const asked: number[] = []
  const pause: PartialTools['pause'] = async (milliseconds, signal) => {
    asked.push(milliseconds)
    waiting.add(signal)
    signal?.addEventListener('abort', () => waiting.delete(signal))
    await sleep(20)
  }
  return { tools: { platform, now, pause }, waiting, asked }
}

describe('asking this computer where it runs no Linux', () => {
  it.each(partialCases().map((one) => [one.name, one] as const))('%s: one question a call', async (_name, one) => {
    const { tools, waiting, asked } = toolsWith(one.platform)
    expect(await gatherPartialFacts(sourcesOf(one.told), tools)).toEqual(factsOf(one))
    expect(asked).toHaveLength(systemCallsOn(one.platform).length)
    expect(waiting.size, 'timers that are still held').toBe(0)
  })

  it.each([
    ['fails', async () => Promise.reject(new Error('spawn powershell ENOENT')), /cpu: Error: spawn powershell ENOENT/],
    [
      'throws before it answers',
      () => {
        throw new Error('no such function')
      },
      /cpu: Error: no such function/,
    ],
    ['hangs', () => never, /cpu: no answer within 20 s/],
  ] as const)('a call that %s costs its own readings and no others', async (_how, cpu, why) => {
    const windows = partialCase('windows-workstation')
    const facts = await gatherPartialFacts({ ...sourcesOf(windows.told), cpu }, toolsWith('win32').tools)
    const whole = factsOf(windows)
    expect(facts.cpu).toMatchObject({ state: 'unreadable', why: expect.stringMatching(why) })
    // An x64 program may be translated: without the processor that is not known either.
    const { cpu: _cpu, architecture: _architecture, ...others } = facts
    expect(others).toEqual({ ...whole, cpu: undefined, architecture: undefined })
  })
})

describe.runIf(process.platform === 'linux')('the real systeminformation', () => {
  it.each(partialPlatform.options)(
    'read as on %s agrees with /proc',
    async (platform) => {
      // A busy machine takes longer than anybody would wait for it.
      const patient: PartialTools['pause'] = (milliseconds, signal) => pause(milliseconds * 5, signal)
      const facts = await gatherPartialFacts(await systemInformation(), { platform, now, pause: patient })
      expect(factsSchema.parse(facts)).toEqual(facts)
      const meminfo = readFileSync('/proc/meminfo', 'utf8')
      const totalBytes = Number(/^MemTotal:\s+(\d+) kB$/m.exec(meminfo)?.[1]) * 1024
      expect(valueOr(facts.memory, undefined)?.totalBytes).toBe(totalBytes)
      const processors = readFileSync('/proc/cpuinfo', 'utf8').match(/^processor\s*:/gm)?.length
      expect(valueOr(facts.cpu, undefined)?.logicalCores).toBe(processors)
      expect([facts.hostname, facts.kernel]).toEqual([
        { state: 'known', value: hostname() },
        { state: 'known', value: release() },
      ])
      expect(facts.partial).toEqual({ platform })
    },
    120_000,
  )
})
