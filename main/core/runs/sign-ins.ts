// How people, and apps whose administrator enters it by hand, come into what runs on an appliance. Which secrets there are
// is read from the services themselves; a value is read only when somebody asks for that one, and goes nowhere else.
import type { Target } from '../../../shared/contract/contract.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import { isAsked } from '../../../shared/domain/deployment.ts'
import { consumerKeyPrefix } from '../../../shared/domain/entry/configuration.ts'
import { consoleConsumer } from '../../../shared/domain/entry/solution-entry.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { quoteWord } from '../../../shared/domain/quote.ts'
import { valueOr } from '../../../shared/domain/reading.ts'
import { scriptHead } from '../../../shared/domain/script-head.ts'
import { type SecretReference, secretPath } from '../../../shared/domain/service-file.ts'
import { secretOf, type WayIn } from '../../../shared/domain/sign-in.ts'
import { baseUrl } from '../../../shared/plan/service-files.ts'
import { readProof } from '../../verify/climb.ts'
import type { Core } from '../context.ts'
import { isOlderThan, readMadeTimes } from './older-data.ts'
import { type Look, withLook } from './with-look.ts'

/** Of what runs now, in the order of the engine. */
export async function waysInto(look: Pick<Look, 'facts' | 'kept'>, connection: Connection): Promise<Result<WayIn[]>> {
  const ways = waysOf(look)
  if (!ways.some((way) => way.for === 'people' && way.signIn.by === 'made')) return ok(ways)
  const times = await readMadeTimes(connection)
  if (!times.ok) return times
  return ok(
    ways.map((way): WayIn => {
      const secret = secretOf(way)
      if (way.for !== 'people' || secret === undefined || !isOlderThan(times.value, way.deployment, secret)) return way
      return { ...way, isOlder: true }
    }),
  )
}

function waysOf({ facts, kept }: Pick<Look, 'facts' | 'kept'>): WayIn[] {
  const changed = valueOr(facts.changedSignIns ?? { state: 'absent' }, [])
  return valueOr(facts.containers, []).flatMap((container): WayIn[] => {
    const proof = readProof(container)
    if (proof === undefined || !isAsked(proof) || container.state !== 'running') return []
    const { deployment, hostPort } = proof
    if (proof.serves === 'page' && proof.signIn !== undefined) {
      const { signIn } = proof
      const isChanged =
        signIn.by === 'published' && changed.some(({ of, user }) => of === deployment && user === signIn.user)
      return [{ ...{ for: 'people', deployment, hostPort, signIn }, ...(isChanged && { isChanged }) }]
    }
    if (proof.serves === 'ingress' && proof.guard !== undefined) {
      return [{ for: 'people', deployment, hostPort, signIn: { by: 'made', ...proof.guard } }]
    }
    if (proof.serves !== 'openai-gateway') return []
    const { containerPort } = kept.versions.find(({ step }) => step.spec.deployment === deployment)?.step.spec ?? {}
    if (containerPort === undefined) return []
    return consumersOf(deployment, facts).map((consumer) => ({
      ...{ for: 'app', deployment, consumer, secret: `${consumerKeyPrefix}${consumer}` },
      ...{ baseUrl: baseUrl({ name: deployment, containerPort }), models: [...proof.models] },
    }))
  })
}

function consumersOf(gateway: string, { secrets }: Facts): string[] {
  const names = valueOr(secrets ?? { state: 'absent' }, [])
    .filter(({ deployment, name }) => deployment === gateway && name.startsWith(consumerKeyPrefix))
    .map(({ name }) => name.slice(consumerKeyPrefix.length))
  return [...new Set(names)].filter((name) => name !== consoleConsumer)
}

export function listSignIns(core: Core, target: Target): Promise<Result<WayIn[]>> {
  return withLook(core, target, waysInto)
}

type Asked = { readonly target: Target; readonly deployment: string; readonly name: string }

/** Only of those that people are given: nobody is shown what services keep for themselves. */
export function showSecret(core: Core, { target, deployment, name }: Asked): Promise<Result<{ value: string }>> {
  return withLook(core, target, async (look, connection) => {
    const ways = await waysInto(look, connection)
    if (!ways.ok) return ways
    const isListed = ways.value.some((way) => way.deployment === deployment && secretOf(way) === name)
    const [newest] = valueOr(look.facts.secrets ?? { state: 'absent' }, [])
      .filter((one) => one.deployment === deployment && one.name === name)
      .sort((a, b) => b.generation - a.generation)
    if (isListed && newest !== undefined) return readSecret(connection, newest)
    return fail({ kind: 'facts-unreadable', detail: `no secret ${name} of ${deployment} is there` })
  })
}

async function readSecret(connection: Connection, secret: SecretReference): Promise<Result<{ value: string }>> {
  const text = `${scriptHead({ block: 'secret-value' })}cat -- ${quoteWord(secretPath(secret))}`
  const run = await connection.run({ name: 'secret-value', text }, { as: 'root', deadlineSeconds: 15 })
  if (!run.ok) return run
  const { stdout, stderr } = run.value
  const value = /^[0-9a-z-]{20,64}$/.exec(stdout)?.[0]
  return value === undefined ? fail({ kind: 'facts-unreadable', detail: evidence(stderr, 300) }) : ok({ value })
}
