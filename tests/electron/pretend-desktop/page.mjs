// The page of the pretend desktop: asks for its link the way the real page does, and keeps what came. Tests reach
// it as globalThis.pretendPage.
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'

const ports = []
const closed = []
const clients = []
const linked = Promise.withResolvers()

globalThis.addEventListener('message', (event) => {
  const [port] = event.ports
  if (event.data?.rackside !== 'port' || port === undefined) return
  const at = ports.push(port) - 1
  port.addEventListener('close', () => closed.push(at))
  clients.push(createORPCClient(new RPCLink({ port })))
  port.start()
  linked.resolve()
})

globalThis.pretendPage = {
  ports,
  closed,
  connect: () => globalThis.racksideBridge.connect(),
  // The client itself cannot be handed out by a promise: it would take `then` for a call.
  async window(name, input = {}) {
    await linked.promise
    return clients.at(-1).window[name](input)
  },
}
globalThis.racksideBridge.connect()
