// Reads what comes after "trust" on the command line. --yes has no meaning here: it approves a plan, never a host key.
import { fingerprint } from '../../../shared/domain/appliance.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'
import { type Elsewhere, readWhere } from './where.ts'

type TrustAct =
  /** Says which key it shows, and whether that is trusted. */
  | { readonly act: 'look'; readonly where: Elsewhere }
  | { readonly act: 'trust'; readonly where: Elsewhere; readonly fingerprint: string }
  | { readonly act: 'replace'; readonly where: Elsewhere; readonly fingerprint: string; readonly typed?: string }
  | { readonly act: 'forget'; readonly where: Elsewhere; readonly typed?: string }
  | { readonly act: 'import'; readonly file: string }
  | { readonly act: 'list' | 'export' }

export type TrustInvocation = { readonly verb: 'trust' } & TrustAct

export function readTrustLine(
  act: string | undefined,
  [word]: readonly string[],
  values: OptionValues,
): Result<TrustInvocation> {
  if (act === 'list' || act === 'export') return ok({ verb: 'trust', act })
  if (act === 'import') {
    return word === undefined ? usage('no-file-named', 'trust import') : ok({ verb: 'trust', act, file: word })
  }
  const command = act === undefined ? 'trust' : `trust ${act}`
  if (word === undefined) return usage('no-appliance-named', command)
  const forget = act === 'forget'
  const typesForNothing = !forget && values['type-host'] !== undefined && values.replace !== true
  if (typesForNothing) return usage('option-alone', '--type-host', { other: '--replace' })
  return readAbout(word, forget, values)
}

function readAbout(word: string, forget: boolean, values: OptionValues): Result<TrustInvocation> {
  const where = readWhere(word)
  if (!where.ok) return where
  if (where.value.by === 'local') return usage('not-for-this-machine', 'trust')
  const about = { verb: 'trust', where: where.value } as const
  const typed = values['type-host'] === undefined ? {} : { typed: values['type-host'] }
  if (forget) return ok({ ...about, act: 'forget', ...typed })
  if (values.fingerprint === undefined && values.replace !== true) return ok({ ...about, act: 'look' })
  const given = fingerprint.safeParse(values.fingerprint)
  if (!given.success) return usage('not-a-fingerprint', values.fingerprint)
  if (values.replace !== true) return ok({ ...about, act: 'trust', fingerprint: given.data })
  return ok({ ...about, act: 'replace', fingerprint: given.data, ...typed })
}
