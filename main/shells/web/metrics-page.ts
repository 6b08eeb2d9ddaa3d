// Who may read what this console measures, and the text of it: for a site's own monitoring, which shows a token from a
// file that the user of this computer made for it.
import { createHash, timingSafeEqual } from 'node:crypto'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { readSecretFile } from '../../console-host/secret-file.ts'
import { metricsText } from '../../core/history/exposition.ts'
import type { ClientOf } from '../../core/link/serve-page.ts'

export type Metrics = {
  isToken(shown: string): boolean
  /** Fails where nobody can say which appliances there are: a site's own monitoring must not take that for silence. */
  text(): Promise<Result<string>>
}

/** A word that somebody guesses is none. */
const shortestToken = 32

export function metricsPage(
  file: string | undefined,
  { client, nowMs }: { readonly client: ClientOf; readonly nowMs: () => number },
): Result<Metrics | undefined> {
  if (file === undefined) return ok(undefined)
  const token = readSecretFile(file)
  if (!token.ok) return token
  if (token.value.length < shortestToken)
    return fail({ kind: 'usage', problem: 'value-missing', word: '--metrics-token-file' })
  const expected = digest(token.value)
  return ok({
    isToken: (shown) => timingSafeEqual(digest(shown), expected),
    text: async () => metricsText(await client(), nowMs()),
  })
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
