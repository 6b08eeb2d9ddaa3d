// Which containers of an appliance have a log here: those that carry Rackside's label, as the engine names them. A name
// that somebody sends is looked up among them, and nothing else is ever asked of the engine.
import type { Target } from '../../../shared/contract/contract.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
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

/** Of that name; missing where it is not there. `names`: of all that are. */
export async function findSource(
  connection: Connection,
  container: string,
): Promise<Result<{ readonly found?: FoundSource; readonly names: readonly string[] }>> {
  const all = await sourcesOn(connection)
  if (!all.ok) return all
  const found = all.value.find((one) => one.container === container)
  return ok({ ...(found !== undefined && { found }), names: all.value.map((one) => one.container) })
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
