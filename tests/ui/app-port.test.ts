// The desktop shell's port: taken only from this very window and this very origin.
import { afterEach, describe, expect, it } from 'vitest'
import { portDial } from '../../renderer/console/link/port-dial.ts'

const ports: MessagePort[] = []
afterEach(() => {
  for (const port of ports.splice(0)) port.close()
})

function channel(): MessagePort {
  const { port1, port2 } = new MessageChannel()
  ports.push(port1, port2)
  return port2
}

type Message = { readonly source?: Window | null; readonly origin?: string; readonly data?: unknown }

function send({ source = window, origin = window.origin, data = { rackside: 'port' } }: Message, port?: MessagePort) {
  const event = new MessageEvent('message', { data, origin, source })
  Object.defineProperty(event, 'ports', { value: port === undefined ? [] : [port] })
  window.dispatchEvent(event)
}

function dialled() {
  const events: string[] = []
  let asked = 0
  const bridge = {
    connect: () => {
      asked += 1
    },
  }
  const hangUp = portDial(bridge, window)({ opened: () => events.push('opened'), ended: () => events.push('ended') })
  return { events, hangUp, asked: () => asked }
}

describe('the port of the desktop shell', () => {
  it('is asked for once and opens the link when it comes', () => {
    const { events, asked, hangUp } = dialled()
    expect(asked()).toBe(1)
    send({}, channel())
    expect(events).toEqual(['opened'])
    hangUp()
  })

  it.each<[string, Message]>([
    ['another window', { source: null }],
    ['another origin', { origin: 'https://elsewhere.example' }],
    ['a message of another kind', { data: 'port' }],
    ['a message that names nothing', { data: null }],
  ])('is not taken from %s', (_case, message) => {
    const { events, hangUp } = dialled()
    send(message, channel())
    expect(events).toEqual([])
    hangUp()
  })

  it('is not taken without a port, nor after hanging up', () => {
    const { events, hangUp } = dialled()
    send({})
    hangUp()
    send({}, channel())
    expect(events).toEqual([])
  })
})
