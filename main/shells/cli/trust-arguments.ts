// Reads what comes after "trust" on the command line. --yes has no meaning here: it approves a plan, never a host key.
import { fingerprint } from '../../../shared/domain/appliance.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { type OptionValues, pointlessOption, usage } from './options.ts'
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

export function readTrustLine([first, ...rest]: readonly string[], values: OptionValues): Result<TrustInvocation> {
  if (first === undefined) return usage('no-appliance-named', 'trust')
  const isAct = first === 'list' || first === 'export' || first === 'import' || first === 'forget'
  const command = isAct ? `trust ${first}` : 'trust'
  const ofUse = ['json', 'lang', ...optionsOf(first, values)]
  const meant = pointlessOption(values, command, (name) => ofUse.includes(name))
  if (!meant.ok) return meant
  const words = isAct ? rest : [first, ...rest]
  const most = first === 'list' || first === 'export' ? 0 : 1
  if (words.length > most) return usage('one-word-too-many', words[most])
  if (first === 'list' || first === 'export') return ok({ verb: 'trust', act: first })
  const [word] = words
  if (first === 'import') {
    return word === undefined ? usage('no-file-named', command) : ok({ verb: 'trust', act: first, file: word })
  }
  return word === undefined ? usage('no-appliance-named', command) : readAbout(word, first === 'forget', values)
}

function optionsOf(first: string, { replace }: OptionValues): string[] {
  if (first === 'list' || first === 'export' || first === 'import') return []
  if (first === 'forget') return ['type-host']
  return replace === true ? ['fingerprint', 'replace', 'type-host'] : ['fingerprint']
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
