// Who may read what this console measures, and the text of it: for a site's own monitoring, which shows a token from a
// file that the user of this computer made for it.
import { createHash, timingSafeEqual } from 'node:crypto'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { readSecretFile } from '../../console-host/secret-file.ts'
import { metricsText } from '../../core/history/exposition.ts'
import type { ClientOf } from '../../core/link/serve-page.ts'
import { endsInTime } from './ending.ts'

export type Metrics = {
  isToken(shown: string): boolean
  /** Fails where nobody can say which appliances there are: a site's own monitoring must not take that for silence. */
  text(): Promise<Result<string>>
  health(): Promise<Health>
}

/** `ok`: this console answers, knows its appliances, and is watching them. */
export type Health = {
  readonly ok: boolean
  readonly answers: boolean
  readonly watching: boolean
  readonly vault: 'none' | 'locked' | 'unlocked' | 'unknown'
}

const noAnswer: Health = { ok: false, answers: false, watching: false, vault: 'unknown' }
/** A console that takes longer is not well. */
const healthMilliseconds = 5000

/** A word that somebody guesses is none. */
const shortestToken = 32

type Asked = {
  readonly client: ClientOf
  readonly nowMs: () => number
  /** What the process says of itself. */
  readonly own?: () => string
}

export function metricsPage(
  file: string | undefined,
  { client, nowMs, own = () => '' }: Asked,
): Result<Metrics | undefined> {
  if (file === undefined) return ok(undefined)
  const token = readSecretFile(file)
  if (!token.ok) return token
  if (token.value.length < shortestToken)
    return fail({ kind: 'usage', problem: 'value-missing', word: '--metrics-token-file' })
  const expected = digest(token.value)
  return ok({
    isToken: (shown) => timingSafeEqual(digest(shown), expected),
    async text() {
      const measured = await metricsText(await client(), nowMs())
      return measured.ok ? ok(`${measured.value}${own()}`) : measured
    },
    health: () => inTime(healthOf(client)),
  })
}

async function healthOf(client: ClientOf): Promise<Health> {
  const { product } = await client()
  const [appliances, watched, vault] = await Promise.all([
    product.appliances.list({}),
    product.observe.watching({}),
    product.vault.state({}),
  ])
  const watching = watched.ok && watched.value.watching !== null
  const state = vault.ok ? vault.value.state : 'unknown'
  return { ok: appliances.ok && watching, answers: appliances.ok, watching, vault: state }
}

/** A console that is gone throws its refusal: that is an answer too. */
async function inTime(asked: Promise<Health>): Promise<Health> {
  let health = noAnswer
  const heard = asked.then(
    (answer) => {
      health = answer
    },
    () => undefined,
  )
  await endsInTime(heard, healthMilliseconds)
  return health
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
