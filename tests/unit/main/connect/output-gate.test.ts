import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byteQueue } from '../../../../main/connect/byte-queue.ts'
import { gateOutput } from '../../../../main/connect/output-gate.ts'

const marker = 'rackside-start x'

async function through(pieces: readonly Buffer[]) {
  const source = new PassThrough()
  const passed: Buffer[] = []
  let opened = 0
  const gate = gateOutput(
    source,
    marker,
    () => {
      opened += 1
    },
    (bytes) => passed.push(bytes),
  )
  for (const piece of pieces) source.write(piece)
  source.end()
  await new Promise((resolve) => source.once('end', resolve))
  return { text: Buffer.concat(passed).toString('latin1'), opened, noise: gate.noise(), open: gate.isOpen() }
}

describe('the gate before an output', () => {
  it('passes exactly what follows the first marker, however the bytes are cut', async () => {
    const whole = Buffer.from(`banner\nrackside-sta\n${marker}\n${marker}\nrest`)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: whole.length }), { maxLength: 12 }), async (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), whole.length]
        const pieces = edges.slice(1).map((edge, index) => whole.subarray(edges[index] ?? 0, edge))
        const { text, opened, noise } = await through(pieces.filter((piece) => piece.length > 0))
        expect([text, opened, noise]).toEqual([`${marker}\nrest`, 1, 'banner\nrackside-sta\n'])
      }),
      { numRuns: 60 },
    )
  })

  it('keeps a bounded end of the noise when the marker never comes', async () => {
    const { text, open, noise } = await through([Buffer.alloc(300_000, 'n'), Buffer.from('the reason')])
    expect([text, open]).toEqual(['', false])
    expect(noise.length).toBeLessThan(70_000)
    expect(noise.endsWith('the reason')).toBe(true)
  })
})

describe('bytes waiting to be read', () => {
  function queue() {
    const events: string[] = []
    const source = {
      pause: () => void events.push('pause'),
      resume: () => void events.push('resume'),
      abandon: () => void events.push('abandon'),
    }
    return { events, queue: byteQueue(source) }
  }

  it('hold their source back above 256 KiB and let it go on below', async () => {
    const { events, queue: bytes } = queue()
    const piece = new Uint8Array(200_000)
    bytes.push(piece)
    expect(events).toEqual([])
    bytes.push(piece)
    expect(events).toEqual(['pause'])
    await bytes.output.next()
    expect(events).toEqual(['pause', 'resume'])
  })

  it('come out in order, also those that wait at the end', async () => {
    const { queue: bytes } = queue()
    bytes.push(Uint8Array.of(1))
    bytes.push(Uint8Array.of(2))
    bytes.end()
    const read: number[] = []
    for await (const [byte] of bytes.output) read.push(byte ?? 0)
    expect(read).toEqual([1, 2])
  })

  it('are abandoned with their source when the reader leaves', async () => {
    const { events, queue: bytes } = queue()
    bytes.push(Uint8Array.of(1))
    for await (const piece of bytes.output) if (piece.length === 1) break
    expect(events).toEqual(['resume', 'abandon'])
    bytes.push(Uint8Array.of(2))
    expect(await bytes.output.next()).toEqual({ done: true, value: undefined })
  })
})
