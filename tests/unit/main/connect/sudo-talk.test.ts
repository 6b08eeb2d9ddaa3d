import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { withinCall } from '../../../../main/connect/call.ts'
import type { ProcessChannel } from '../../../../main/connect/link.ts'
import { promptOf, talkOn } from '../../../../main/connect/sudo-talk.ts'
import { ok } from '../../../../shared/domain/failure.ts'

const lifeline = {
  onLost: () => () => undefined,
  lostFailure: (during: string) => ({ kind: 'link-lost', host: 'h', port: 22, during }) as const,
}

describe('what is heard while sudo asks', () => {
  it('costs no more than its bytes when a hundred thousand bytes come one by one, and the prompt is still found', async () => {
    const stderr = new PassThrough()
    const channel: ProcessChannel = {
      ...{ input: new PassThrough(), stdout: new PassThrough(), stderr },
      ...{ onExit: () => undefined, onClose: () => undefined, close: () => undefined },
    }
    const heard = await withinCall(lifeline, 'a call', 60, async (call) => {
      const next = talkOn(call, channel, 'nonce').next()
      const before = performance.now()
      for (let at = 0; at < 100_000; at += 1) stderr.emit('data', Buffer.from('?'))
      stderr.emit('data', Buffer.from(`\n${promptOf('nonce')}`))
      const { kind } = await next
      return ok({ kind, milliseconds: performance.now() - before })
    })
    expect(heard).toMatchObject({ ok: true, value: { kind: 'prompt' } })
    expect(heard.ok && heard.value.milliseconds).toBeLessThan(5000)
  }, 60_000)
})
