// When a process is over: at its channel's close, or once nothing comes any more after its exit status.
import { PassThrough } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { watchEnd } from '../../../../main/connect/leased-process.ts'
import type { ProcessChannel } from '../../../../main/connect/link.ts'

function process() {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const listeners: { exit?: (code: number) => void; close?: () => void } = {}
  const heard: string[] = []
  const channel = {
    stdout,
    stderr,
    onExit: (listener: (code: number) => void) => void Object.assign(listeners, { exit: listener }),
    onClose: (listener: () => void) => void Object.assign(listeners, { close: listener }),
  } as unknown as ProcessChannel
  for (const stream of [stdout, stderr]) stream.on('data', (bytes: Buffer) => void heard.push(bytes.toString()))
  watchEnd(channel, (code) => void heard.push(`over ${code}`))
  return { stdout, stderr, heard, exit: (code: number) => listeners.exit?.(code), close: () => listeners.close?.() }
}

const standStill = (milliseconds: number) => {
  const until = performance.now() + milliseconds
  while (performance.now() < until) Math.sqrt(until)
}

describe('the end of a process', () => {
  it('comes after what it said, also where this console stood still for longer than it waits', async () => {
    const one = process()
    one.exit(0)
    // What came meanwhile is read after the timers that are due.
    setImmediate(() => one.stderr.write('end'))
    standStill(1300)
    await sleep(300)
    expect(one.heard).toEqual(['end'])
    one.close()
    expect(one.heard).toEqual(['end', 'over 0'])
  })

  it.each(['stdout', 'stderr'] as const)('waits for a %s that goes on', async (stream) => {
    const one = process()
    one.exit(3)
    for (let n = 0; n < 4; n += 1) {
      one[stream].write('.')
      await sleep(400)
    }
    expect(one.heard).toEqual(['.', '.', '.', '.'])
    await sleep(1500)
    expect(one.heard.at(-1)).toBe('over 3')
  })
})
