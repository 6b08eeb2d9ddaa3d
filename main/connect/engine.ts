// The container engine's REST API: dockerode over one kept channel to `docker system dial-stdio`, run
// as root under a lease. No port is opened on the appliance and sudo is enough. Calls wait in line on
// that channel; it is opened again when it breaks.
import { Agent } from 'node:http'
import type { Duplex } from 'node:stream'
import Docker from 'dockerode'
import type { EngineApi } from '../../shared/domain/connection.ts'
import { evidence, type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { oneAtATime } from '../../shared/domain/in-turn.ts'
import { deploymentLabel } from '../../shared/domain/remote-layout.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import { type Call, withinCall } from './call.ts'
import { followLogOn } from './engine-follow.ts'
import { logText } from './engine-log.ts'
import { brokenBefore, carriedFailure, type RelaySpec, RemoteSocketError, relayedSocket } from './remote-socket.ts'
import type { Sessions } from './sessions.ts'

/** Longer than ssh.ts needs to notice a dead link (20 s), so that it is called by its name. */
const deadlineSeconds = 25
const missingExitCode = 127
const answerLimitBytes = 32 * 1024 * 1024
/** Of all the answers to one question of ours, which are kept until the last has come. */
const questionLimitBytes = 64 * 1024 * 1024
const inspectLimit = 2000
const dialWork = `${scriptHead({ block: 'engine-dial' })}command -v docker >/dev/null 2>&1 || exit ${missingExitCode}\nexec docker system dial-stdio`
const ours = { label: [deploymentLabel] }
const givenBack: Failure = { kind: 'engine-unreadable', detail: 'docker logs: its channel was needed for other work' }

export type Engine = EngineApi & {
  /**
   * Gives channels back for other work: the kept one as long as no question is open, which the next question opens again,
   * and those of logs, whose readers go on later where they were.
   */
  rest(): void
  close(): void
}

export function engineOver(sessions: Sessions): Engine {
  const channel = engineChannel(sessions)
  const docker = withoutDockerVariables(() => new Docker(toTheEngine(channel.agent)))
  const followed = new Set<Duplex>()
  // There is one channel.
  const takeTurn = oneAtATime()
  const ask = <T>(what: string, question: () => Promise<T>): Promise<Result<T>> =>
    withinCall(sessions.link, what, deadlineSeconds, (call) =>
      takeTurn(async () => {
        if (call.ended()) return fail(sessions.link.lostFailure(what))
        channel.beginQuestion()
        let answered = false
        call.defer(() => {
          // A question that is still open now blocks the channel for the next one.
          if (!answered) channel.agent.destroy()
        })
        const answer = await askTwice(channel, question)
        answered = true
        return answer
      }),
    )
  return {
    inspectContainers: () =>
      ask('docker containers', async () => {
        const list = await docker.listContainers({ all: true, filters: ours })
        return inspectEach(list, ({ Id }) => docker.getContainer(Id).inspect())
      }),
    inspectImages: () =>
      ask('docker images', async () =>
        inspectEach(await docker.listImages(), ({ Id }) => docker.getImage(Id).inspect()),
      ),
    listNetworks: () => ask('docker networks', () => docker.listNetworks({ filters: ours })),
    containerLog: (idOrName, lines) => {
      mustBeContainer(idOrName)
      const options = { stdout: true, stderr: true, follow: false as const, tail: lines }
      return ask('docker logs', async () => logText(await docker.getContainer(idOrName).logs(options)))
    },
    followLog: (idOrName, asked) => {
      mustBeContainer(idOrName)
      return withinCall(sessions.link, 'docker logs', deadlineSeconds, async (call) => {
        const socket = await openSocket(call, sessions, {})
        if (!socket.ok) return socket
        let isHeld = false
        call.defer(() => {
          if (!isHeld) socket.value.destroy()
        })
        const log = await followLogOn(socket.value, idOrName, asked)
        isHeld = log.ok && !call.ended()
        if (isHeld) {
          followed.add(socket.value)
          socket.value.once('close', () => followed.delete(socket.value))
        }
        return log
      })
    },
    rest: () => {
      for (const sockets of Object.values(channel.agent.freeSockets))
        for (const socket of sockets ?? []) socket.destroy()
      for (const socket of followed) socket.destroy(new RemoteSocketError(givenBack))
    },
    close: () => channel.agent.destroy(),
  }
}

function mustBeContainer(idOrName: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(idOrName)) throw new Error(`not a container: ${evidence(idOrName)}`)
}

/**
 * A kept channel may have broken unnoticed since the last question, so that one is asked again on a new
 * channel. What an engine answered, or a new channel said, stands.
 */
async function askTwice<T>(channel: EngineChannel, question: () => Promise<T>): Promise<Result<T>> {
  const openings = channel.openings()
  try {
    return ok(await question())
  } catch (error) {
    const wasKept = openings > 0 && channel.openings() === openings
    if (!wasKept || statusOf(error) !== undefined || error instanceof TooMuchError) return fail(engineFailure(error))
  }
  try {
    return ok(await question())
  } catch (error) {
    return fail(engineFailure(error))
  }
}

/** dockerode takes an agent for its requests; its types do not know. */
function toTheEngine(agent: Agent): Docker.DockerOptions {
  const options = { protocol: 'http' as const, host: 'engine', port: 80, agent }
  return options
}

/** An engine that says more than any has to say: no broken channel, so it is not asked again. */
class TooMuchError extends Error {}

/** What was listed may be gone when it is looked at: that is an answer too. */
async function inspectEach<T>(list: readonly T[], inspect: (item: T) => Promise<unknown>): Promise<unknown[]> {
  if (list.length > inspectLimit) throw new TooMuchError(`a list of more than ${inspectLimit}`)
  const answers: unknown[] = []
  for (const item of list) {
    try {
      answers.push(await inspect(item))
    } catch (error) {
      if (statusOf(error) !== 404) throw error
    }
  }
  return answers
}

type EngineChannel = { readonly agent: Agent; openings(): number; beginQuestion(): void }

function engineChannel(sessions: Sessions): EngineChannel {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  let openings = 0
  let answeredBytes = 0
  const tooMuch = (bytes: number): Error | undefined => {
    answeredBytes += bytes
    return answeredBytes > questionLimitBytes
      ? new TooMuchError(`answers of more than ${questionLimitBytes} bytes`)
      : undefined
  }
  type Done = (error: Error | null, socket?: Duplex) => void
  const createConnection = (_options: unknown, done: Done): void => {
    openings += 1
    openEngine(sessions, tooMuch).then((opened) => {
      const broken = opened.ok ? brokenBefore(opened.value) : new RemoteSocketError(opened.failure)
      if (broken) done(broken)
      else if (opened.ok) done(null, opened.value)
    }, done)
  }
  return {
    agent: Object.assign(agent, { createConnection }),
    openings: () => openings,
    beginQuestion: () => {
      answeredBytes = 0
    },
  }
}

function openEngine(sessions: Sessions, tooMuch: (bytes: number) => Error | undefined): Promise<Result<Duplex>> {
  return withinCall(sessions.link, 'docker system dial-stdio', deadlineSeconds, (call) =>
    openSocket(call, sessions, { answerLimitBytes, tooMuch }),
  )
}

function openSocket(call: Call, sessions: Sessions, limits: Pick<RelaySpec, 'answerLimitBytes' | 'tooMuch'>) {
  return relayedSocket(call, sessions, {
    ...{ name: 'docker', work: dialWork, as: 'root', ...limits },
    explainEnd: (exitCode, stderr, gotBytes) => {
      if (exitCode === missingExitCode) return { kind: 'engine-missing' }
      if (exitCode === 0 && gotBytes) return undefined
      const said = evidence(stderr)
      return { kind: 'engine-unreadable', detail: said === '' ? `docker system dial-stdio: exit ${exitCode}` : said }
    },
  })
}

function engineFailure(error: unknown): Failure {
  const carried = carriedFailure(error)
  if (carried) return carried
  return { kind: 'engine-unreadable', detail: evidence(error instanceof Error ? error.message : String(error)) }
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : undefined
}

/** dockerode reads this console's own DOCKER_* variables even when it is told everything, and fails on bad ones. */
function withoutDockerVariables<T>(make: () => T): T {
  const saved = { ...process.env }
  for (const name of Object.keys(process.env)) if (name.startsWith('DOCKER_')) delete process.env[name]
  try {
    return make()
  } finally {
    Object.assign(process.env, saved)
  }
}
