// What a recorder has measured comes into the history at the time when it was taken, once, whatever the clock of the
// appliance says and wherever the reading breaks off.
import { describe, expect, it } from 'vitest'
import { backfill } from '../../../../../main/core/history/backfill.ts'
import { historyKey } from '../../../../../main/core/history/history-keeper.ts'
import type { Connection } from '../../../../../shared/domain/connection.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import { readScriptHead } from '../../../../../shared/domain/script-head.ts'
import { recorderMark } from '../../../../../shared/facts/recorder-script.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { nvidiaAnswer } from '../../../../support/pretend-sampler.ts'

const opening = { address: { host: 'ward', port: 22, user: 'ops' }, credentialId: 'key' }
const key = historyKey(opening)
const nowMs = Date.parse('2026-11-20T08:00:00.000Z')
/** The appliance's clock is two minutes ahead. */
const aheadSeconds = 120
const upHundredths = 5_000_000
const boot = '0badcafe-0000-4000-8000-000000000000'
const inner = 'f'.repeat(32)

type Frame = {
  readonly agoSeconds: number
  readonly torn?: true
  readonly utilization?: number
  /** Bytes that a card has received, of a recorder that counts them; one of an older console does not. */
  readonly received?: number
}

function frameText({ agoSeconds, torn, utilization = 40, received }: Frame, of = boot): string {
  const seconds = Math.floor(nowMs / 1000) + aheadSeconds - agoSeconds
  const host = `at ${seconds} ${of === boot ? upHundredths - agoSeconds * 100 : 1000}\ncpu  ${10_000 - agoSeconds} 0 0 ${90_000 - agoSeconds} 0 0 0\nMemTotal: 2000 kB\nMemAvailable: 500 kB\n`
  const besides =
    received === undefined ? '' : `up ${upHundredths - agoSeconds * 100}\nload 1.50\nnet eno1 ${received} 0\n`
  const whole = `\n${inner} tick 7\n${host}${besides}${nvidiaAnswer(inner, utilization)}\n${inner} over\n`
  return torn ? whole.slice(0, 60) : whole
}

const fileText = (frames: readonly Frame[], of = boot) =>
  `${recorderMark}${inner} ${of} 10\n${frames.map((one) => frameText(one, of)).join('')}`

type Ring = { readonly files: readonly string[]; readonly oldestAgoSeconds?: number; readonly cutAt?: number }

function recording(ring: () => Ring) {
  let reads = 0
  const clock = `clock ${Math.floor(nowMs / 1000) + aheadSeconds} ${upHundredths} ${boot}`
  const connection: Partial<Connection> = {
    async run() {
      const begun = Math.floor(nowMs / 1000) + aheadSeconds - (ring().oldestAgoSeconds ?? 7200)
      const stdout = `${clock}\nactive active 1000\nscript ${'0'.repeat(64)}\nfiles 1\nbytes 100\noldest 0000000001-${begun}.frames\nnewest ${begun}\nend\n`
      return ok({ exitCode: 0, stdout, stderr: '', truncated: false })
    },
    async stream(what) {
      reads += 1
      const head = 'text' in what ? readScriptHead(what.text) : undefined
      const nonce = head?.block === 'recorder-read' ? head.nonce : ''
      const { files, cutAt } = ring()
      const text = `\n${nonce} ${clock}\n${files.map((one, at) => `\n${nonce} file 000000000${at}-1.frames\n${one}`).join('')}\n${nonce} end\n`
      async function* output() {
        const bytes = Buffer.from(text).subarray(0, cutAt)
        for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100)
      }
      return ok({ output: output(), ended: Promise.resolve(0), close: () => undefined })
    },
    close: async () => undefined,
  }
  const { core } = pretendCore(async () => ok(connection as Connection))
  const stored = (series: string) => {
    const range = { fromMs: nowMs - 3_500_000, toMs: nowMs + 3_600_000, width: 10_000 }
    const [found] = core.history.open().ask({ appliance: key, series: [series], ...range }).series
    return (found?.atMs ?? []).map((atMs, row) => ({
      ago: (nowMs - atMs) / 1000,
      n: found?.n[row],
      last: found?.last[row],
    }))
  }
  return { core, stored, reads: () => reads }
}

describe('what a recorder has measured', () => {
  it('lands at the time of this console, whatever the clock there says', async () => {
    const { core, stored } = recording(() => ({ files: [fileText([{ agoSeconds: 600 }, { agoSeconds: 590 }])] }))
    expect(await backfill(core, opening)).toMatchObject({ ok: true, value: { there: true, samples: 2 } })
    expect(stored('host/memory-used')).toEqual([600, 590].map((ago) => ({ ago, n: 1, last: 1500 * 1024 })))
    expect(stored('accelerator/nvidia 0/utilization').map(({ last }) => last)).toEqual([40, 40])
    // It takes two readings, and the first one has none before it.
    expect(stored('host/cpu').map(({ ago }) => ago)).toEqual([590])
  })

  it('of a recorder that an earlier console began has less in it, and the rest goes on beside a newer one', async () => {
    const older = [{ agoSeconds: 600 }, { agoSeconds: 590 }]
    const newer = [580, 570, 560].map((agoSeconds, at) => ({ agoSeconds, received: 1000 + at * 50_000 }))
    const { core, stored } = recording(() => ({ files: [fileText(older), fileText(newer)] }))
    expect(await backfill(core, opening)).toMatchObject({ ok: true, value: { samples: 5 } })
    expect(stored('host/memory-used')).toHaveLength(5)
    expect(stored('host/load')).toEqual([580, 570, 560].map((ago) => ({ ago, n: 1, last: 1.5 })))
    expect(stored('host/network-received')).toEqual([570, 560].map((ago) => ({ ago, n: 1, last: 5000 })))
  })

  it('of an earlier start of the machine lands by its calendar, less what that is ahead', async () => {
    const { core, stored } = recording(() => ({ files: [fileText([{ agoSeconds: 900 }], 'beef-0')] }))
    await backfill(core, opening)
    expect(stored('host/memory-used').map(({ ago }) => ago)).toEqual([900])
  })

  it('is stored once, however often it is read, and beside what this console measured itself', async () => {
    const { core, stored } = recording(() => ({
      files: [fileText([600, 590, 580, 570].map((agoSeconds) => ({ agoSeconds })))],
    }))
    const history = core.history.open()
    const layout = history.layout(key, ['host/memory-used', 'host/memory-total'])
    history.add(layout, nowMs - 578_000, [1, 2000])
    await backfill(core, opening)
    const first = stored('host/memory-used')
    expect(first.map(({ ago }) => ago)).toEqual([600, 590, 578, 570])
    // As another process of this console would, that knows of no fetch before.
    core.fetchedUntil.clear()
    await backfill(core, opening)
    expect(stored('host/memory-used')).toEqual(first)
  })

  it('is not read again for the gaps that the recorder has too', async () => {
    const { core, reads } = recording(() => ({ files: [fileText([{ agoSeconds: 600 }, { agoSeconds: 10 }])] }))
    await backfill(core, opening)
    await backfill(core, opening)
    expect(reads()).toBe(1)
  })

  it('skips a torn frame, a file that is none, and what has not been yet', async () => {
    const { core, stored } = recording(() => ({
      files: [
        fileText([{ agoSeconds: 600 }, { agoSeconds: 590, torn: true }]),
        'garbage\n\u0000\u0001',
        fileText([{ agoSeconds: 580 }, { agoSeconds: -500 }]),
      ],
    }))
    expect(await backfill(core, opening)).toMatchObject({ value: { samples: 2 } })
    expect(stored('host/memory-used').map(({ ago }) => ago)).toEqual([600, 580])
  })

  it('that breaks off is a failure, keeps what had come, and goes on the next time', async () => {
    let cutAt: number | undefined = 1400
    const files = [fileText([900, 590, 580, 570].map((agoSeconds) => ({ agoSeconds })))]
    const { core, stored } = recording(() => ({ files, ...(cutAt !== undefined && { cutAt }) }))
    expect(await backfill(core, opening)).toMatchObject({ ok: false })
    const some = stored('host/memory-used').length
    expect(some).toBeGreaterThan(0)
    expect(some).toBeLessThan(4)
    cutAt = undefined
    // From the last one that had come, also where the recorder has a gap before it.
    expect(await backfill(core, opening)).toMatchObject({ ok: true, value: { samples: 4 - some } })
    expect(stored('host/memory-used').map(({ n }) => n)).toEqual([1, 1, 1, 1])
  })
})
