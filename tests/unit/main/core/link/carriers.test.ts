// A link over a socket notices who is gone without a word, and who never reads.
import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { WebSocket } from 'ws'
import { overSocket } from '../../../../../main/core/link/carriers.ts'

class PlayedSocket extends EventEmitter {
  bufferedAmount = 0
  readonly acts: string[] = []
  ping() {
    this.acts.push('ping')
  }
  terminate() {
    this.acts.push('terminate')
    this.emit('close')
  }
  close(code: number) {
    this.acts.push(`close ${code}`)
  }
  send(text: string, done: (error?: Error) => void) {
    this.acts.push(`send ${text}`)
    done(this.acts.includes('terminate') ? new Error('closed') : undefined)
  }
}

function carried() {
  const socket = new PlayedSocket()
  return { socket, carrier: overSocket(socket as unknown as WebSocket) }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a socket', () => {
  it('whose other side is silent is given up within 25 seconds, and its pulse ends with it', () => {
    const { socket } = carried()
    vi.advanceTimersByTime(15_000)
    expect(socket.acts).toEqual(['ping'])
    vi.advanceTimersByTime(10_000)
    expect(socket.acts).toEqual(['ping', 'ping', 'terminate'])
    expect(vi.getTimerCount()).toBe(0)
  })

  it.each(['pong', 'message'])('that answers (%s) stays', (event) => {
    const { socket } = carried()
    for (let second = 0; second < 60; second += 5) {
      vi.advanceTimersByTime(5000)
      socket.emit(event, 'x', false)
    }
    expect(socket.acts).not.toContain('terminate')
  })

  it('that is not read any more is ended, and sending over it is no error', async () => {
    const { socket, carrier } = carried()
    socket.bufferedAmount = 31 * 1024 * 1024
    await carrier.send('a')
    expect(socket.acts).toEqual(['send a'])
    socket.bufferedAmount = 33 * 1024 * 1024
    await expect(carrier.send('b')).resolves.toBeUndefined()
    expect(socket.acts).toEqual(['send a', 'terminate', 'send b'])
  })

  it('that breaks does not break this process', () => {
    const { socket } = carried()
    expect(() => socket.emit('error', new Error('reset'))).not.toThrow()
    socket.emit('close')
    expect(vi.getTimerCount()).toBe(0)
  })
})
