// A guest notices an owner that is stopped, which keeps its socket open and answers nothing.
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { guestLink } from '../../../../../main/core/link/guest-link.ts'
import { received } from '../../../../../main/core/refusal.ts'

/** An owner that takes what comes and says nothing; a live one answers pings at least. */
async function joined(how: 'stopped' | 'busy') {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, autoPong: how === 'busy' })
  await new Promise((resolve) => server.once('listening', resolve))
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  onTestFinished(() => {
    socket.terminate()
    for (const client of server.clients) client.terminate()
    server.close()
  })
  await new Promise((resolve) => socket.once('open', resolve))
  return { socket, guest: guestLink(socket) }
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
afterEach(() => void vi.useRealTimers())

describe('the guest of an owner', () => {
  it('that is stopped has lost it within 25 seconds, and its calls end', async () => {
    const { guest } = await joined('stopped')
    const call = received('appliances.list', guest.clients('console').product.appliances.list({}))
    vi.advanceTimersByTime(25_000)
    await guest.lost
    expect(await call).toMatchObject({ ok: false, failure: { kind: 'owner-gone' } })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('that is only busy stays', async () => {
    const { socket } = await joined('busy')
    for (let ping = 0; ping < 4; ping += 1) {
      const pong = new Promise((resolve) => socket.once('pong', resolve))
      vi.advanceTimersByTime(8000)
      await pong
    }
    expect(socket.readyState).toBe(WebSocket.OPEN)
  })
})
