// The console that `bench observe` measures, in a process of its own: its core with storing and alerts on, and the
// socket that pages read it through. It says what it used when its input ends.
import { setMaxListeners } from 'node:events'
import { connect, type Socket } from 'node:net'
import { sessionsOver } from '../../../main/core/access/sessions.ts'
import { startBackground } from '../../../main/core/background/background.ts'
import { keepHeapLean } from '../../../main/core/background/lean-heap.ts'
import { clientsInProcess } from '../../../main/core/link/console-client.ts'
import { serveGuests } from '../../../main/core/link/owner-socket.ts'
import { watchAppliance } from '../../../main/core/observe.ts'
import { closeCore, openCore } from '../../../main/core/open-core.ts'
import type { Appliance } from '../../../shared/domain/appliance.ts'
import type { Connection, RemoteStream } from '../../../shared/domain/connection.ts'
import { fail, ok } from '../../../shared/domain/failure.ts'
import { readScriptHead } from '../../../shared/domain/script-head.ts'
import { benchTools } from '../bench-tools.ts'

const [, , folder = '', feeder = '', page = '', count = '0'] = process.argv

const appliances: Appliance[] = Array.from({ length: Number(count) }, (_, at) => ({
  name: `appliance-${at}`,
  address: { host: `appliance-${at}`, port: 22, user: 'ops' },
  credentialId: 'bench',
}))

/** Sampling is all that these can do. */
const connection = {
  async stream(what) {
    const head = 'text' in what ? readScriptHead(what.text) : undefined
    if (head?.block !== 'sampler') return fail({ kind: 'facts-unreadable', detail: 'only samples come from here' })
    const socket = connect(feeder)
    // The feeder ends before this does.
    socket.on('error', () => socket.destroy())
    socket.write(`${head.nonce}\n`)
    const ended = new Promise<undefined>((resolve) => socket.once('close', () => resolve(undefined)))
    return ok({ output: bytesOf(socket), ended, close: () => socket.destroy() } satisfies RemoteStream)
  },
  run: async () => fail({ kind: 'facts-unreadable', detail: 'only samples come from here' }),
  close: async () => undefined,
} satisfies Pick<Connection, 'stream' | 'run' | 'close'>

/** A link that is cut ends the bytes, as that of a real appliance does. */
async function* bytesOf(socket: Socket): AsyncGenerator<Uint8Array> {
  try {
    for await (const bytes of socket) yield bytes as Uint8Array
  } catch {
    // Whoever reads is told by `ended`.
  }
}

keepHeapLean()
const tools = benchTools(folder)
const opened = openCore(folder, tools)
const core = { ...opened, sessions: sessionsOver(async () => ok(connection as unknown as Connection), tools) }
core.state.appliances.write(appliances)
const socket = await serveGuests(page, clientsInProcess(core, 'bench'))
startBackground(core, 'always')
/** Somebody sits in front of each: no page shows two hundred at once, a fleet of watchers does. */
const left = new AbortController()
setMaxListeners(0, left.signal)
async function follow(name: string): Promise<void> {
  for await (const _ of watchAppliance(core, { by: 'name', name }, left.signal)) if (left.signal.aborted) break
}
for (const { name } of appliances) void follow(name)
process.stdout.write('ready\n')

let before = process.cpuUsage()
let beganAt = performance.now()
let mostBytes = 0
let takenBefore = 0
const looking = setInterval(() => {
  mostBytes = Math.max(mostBytes, process.memoryUsage().rss)
}, 1000)
process.stdin.on('data', () => {
  before = process.cpuUsage()
  beganAt = performance.now()
  takenBefore = samplesTaken()
})
process.stdin.on('end', async () => {
  clearInterval(looking)
  const { user, system } = process.cpuUsage(before)
  const seconds = (performance.now() - beganAt) / 1000
  const { lost } = await core.history.open().state()
  const taken = samplesTaken() - takenBefore
  left.abort()
  const corePercent = (user + system) / 1e4 / seconds
  process.stdout.write(`${JSON.stringify({ corePercent, megabytes: mostBytes / 1e6, lost, taken })}\n`)
  await socket.close(Promise.resolve())
  await closeCore(core)
  process.exit(0)
})

/** Of all appliances: samples are numbered one by one. */
function samplesTaken(): number {
  return [...core.watches.values()].reduce((sum, { sampling }) => {
    const newest = sampling?.newest
    return sum + (newest?.link === 'up' ? newest.sample.sequence : 0)
  }, 0)
}
