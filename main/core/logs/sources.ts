// Which containers of an appliance have a log here: those that carry Rackside's label, as the engine names them. A name
// that somebody sends is looked up among them, and nothing else is ever asked of the engine.
import type { Target } from '../../../shared/contract/contract.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { type LogSource, logSource } from '../../../shared/domain/log.ts'
import { deploymentLabel } from '../../../shared/domain/remote-layout.ts'
import { openingOf } from '../appliances.ts'
import type { Core } from '../context.ts'

export type FoundSource = LogSource & {
  readonly id: string
  readonly hasTerminal: boolean
  /** In the engine's own words: another text is another start. */
  readonly startedAt: string
}

export async function logSources(core: Core, target: Target): Promise<Result<LogSource[]>> {
  const opening = openingOf(core, target)
  if (!opening.ok) return opening
  return core.sessions.withConnection(opening.value, async (connection) => {
    const found = await sourcesOn(connection)
    return found.ok ? ok(found.value.map(shown)) : found
  })
}

/** Undefined where it is not there. */
export async function findSource(connection: Connection, container: string): Promise<Result<FoundSource | undefined>> {
  const found = await sourcesOn(connection)
  return found.ok ? ok(found.value.find((one) => one.container === container)) : found
}

/** For a container that is not there: what there is. */
export async function noSuchSource(connection: Connection, container: string): Promise<Result<never>> {
  const found = await sourcesOn(connection)
  if (!found.ok) return found
  const other = found.value.map((one) => one.container).join(', ')
  return fail({ kind: 'usage', problem: 'log-container', word: container, other })
}

function shown({ container, deployment, isUp }: FoundSource): LogSource {
  return { container, deployment, isUp }
}

async function sourcesOn(connection: Connection): Promise<Result<FoundSource[]>> {
  const inspected = await connection.engine().inspectContainers()
  if (!inspected.ok) return inspected
  const found = inspected.value.flatMap((answer) => sourceIn(answer) ?? [])
  return ok(found.sort((a, b) => (order(a) < order(b) ? -1 : 1)))
}

function order({ deployment, container }: LogSource): string {
  return `${deployment} ${container}`
}

type Inspected = {
  readonly Id?: unknown
  readonly Name?: unknown
  readonly State?: { readonly Running?: unknown; readonly StartedAt?: unknown }
  readonly Config?: { readonly Tty?: unknown; readonly Labels?: { readonly [label: string]: unknown } }
}

/** An answer of the engine may be anything: what has no place in the list is left out. */
function sourceIn(answer: unknown): FoundSource | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined
  const { Id, Name, State, Config } = answer as Inspected
  const source = logSource.safeParse({
    container: typeof Name === 'string' ? Name.replace(/^\//, '') : undefined,
    deployment: Config?.Labels?.[deploymentLabel],
    isUp: State?.Running === true,
  })
  if (!source.success || typeof Id !== 'string' || !/^[0-9a-f]{12,64}$/.test(Id)) return undefined
  return { ...source.data, id: Id, hasTerminal: Config?.Tty === true, startedAt: String(State?.StartedAt).slice(0, 60) }
}
