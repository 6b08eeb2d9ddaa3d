// A container's log as it is written: the engine's answer on a channel of its own, which is paused while nobody reads. The
// answer is not kept anywhere: it may have no end.
import { type ClientRequest, type IncomingMessage, request as startRequest } from 'node:http'
import type { Duplex } from 'node:stream'
import type { EngineLog, EngineLogAsked, EngineLogMessage } from '../../shared/domain/connection.ts'
import { evidence, type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { framedMessages, plainMessages } from './log-messages.ts'
import { brokenBefore, carriedFailure } from './remote-socket.ts'

const refusalLimitBytes = 4096

export async function followLogOn(socket: Duplex, idOrName: string, asked: EngineLogAsked): Promise<Result<EngineLog>> {
  const early = brokenBefore(socket)
  if (early !== undefined) return fail(carriedFailure(early) ?? unreadable(early.message))
  const outgoing = startRequest({
    ...{ host: 'engine', method: 'GET', path: `/containers/${idOrName}/logs?${query(asked)}` },
    createConnection: () => socket,
  })
  const answer = await headOf(outgoing)
  if (!answer.ok) return answer
  const incoming = answer.value
  if (incoming.statusCode !== 200) {
    const said = await refusalIn(incoming)
    outgoing.destroy()
    return fail({ kind: 'engine-unreadable', detail: evidence(`docker logs: ${incoming.statusCode} ${said}`) })
  }
  let closed = false
  const close = (): void => {
    closed = true
    outgoing.destroy()
  }
  return ok({ messages: messagesIn(incoming, asked, (error) => (closed ? undefined : brokenBy(socket, error))), close })
}

function query({ follow, tailLines, since }: EngineLogAsked): string {
  const words = { stdout: '1', stderr: '1', timestamps: '1', follow: follow ? '1' : '0' }
  const tail = tailLines === undefined ? 'all' : String(tailLines)
  return new URLSearchParams({ ...words, tail, ...(since !== undefined && { since }) }).toString()
}

function headOf(outgoing: ClientRequest): Promise<Result<IncomingMessage>> {
  return new Promise((resolve) => {
    // Stays: what breaks after the head is told by the body.
    outgoing.on('error', (error) => resolve(fail(carriedFailure(error) ?? unreadable(error.message))))
    outgoing.once('response', (incoming) => resolve(ok(incoming)))
    outgoing.end()
  })
}

async function refusalIn(incoming: IncomingMessage): Promise<string> {
  let said = ''
  try {
    for await (const bytes of incoming) {
      said += String(bytes)
      if (said.length > refusalLimitBytes) break
    }
  } catch {
    // The status says enough.
  }
  return said.slice(0, refusalLimitBytes)
}

/** Undefined from `broken`: whoever reads has closed it. */
async function* messagesIn(
  incoming: IncomingMessage,
  { hasTerminal }: EngineLogAsked,
  broken: (error: unknown) => Failure | undefined,
): AsyncGenerator<readonly EngineLogMessage[], Failure | undefined> {
  const take = hasTerminal ? plainMessages() : framedMessages()
  try {
    for await (const bytes of incoming) {
      const messages = take(bytes as Buffer)
      if (messages.length > 0) yield messages
    }
    return undefined
  } catch (error) {
    return broken(error)
  } finally {
    incoming.destroy()
  }
}

/** The socket knows what node:http calls "aborted"; what is no log broke nothing of it. */
function brokenBy({ errored }: Duplex, error: unknown): Failure {
  const why = errored ?? error
  return carriedFailure(why) ?? unreadable(why instanceof Error ? why.message : String(why))
}

function unreadable(detail: string): Failure {
  return { kind: 'engine-unreadable', detail: evidence(detail) }
}
