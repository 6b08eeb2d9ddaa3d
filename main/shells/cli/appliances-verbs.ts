// The saved appliances from a terminal: which ones this console knows, and forgetting one. Nothing is dialled.
import type { ListedAppliance } from '../../../shared/contract/appliances.ts'
import { type Address, addressText } from '../../../shared/domain/appliance.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from '../../terminal/option-words.ts'
import { flat, type Work } from './work.ts'

export type AppliancesInvocation = { readonly verb: 'appliances' } & (
  | { readonly act: 'list' }
  | { readonly act: 'forget'; readonly name: string }
)

export function readAppliancesLine(act: string | undefined, [name]: readonly string[]): Result<AppliancesInvocation> {
  if (act !== 'forget') return ok({ verb: 'appliances', act: 'list' })
  return name === undefined ? usage('no-appliance-named', 'appliances forget') : ok({ verb: 'appliances', act, name })
}

/** Exit code, or the failure that ended the command. */
export function runAppliances(work: Work, line: AppliancesInvocation): Promise<Result<number>> {
  return line.act === 'list' ? list(work) : forget(work, line.name)
}

async function list({ client, terminal, words }: Work): Promise<Result<number>> {
  const saved = await flat('appliances.list', client.product.appliances.list({}))
  if (!saved.ok) return saved
  for (const one of saved.value) terminal.say(lineOf(one, words))
  if (saved.value.length === 0) terminal.say(words.cli.none)
  const appliances = saved.value.map(({ name, address, via = [], watchOnly = false, demo }) => ({
    ...{ name, address, via: via.map((stop) => stop.address), watchOnly, demo },
  }))
  terminal.result({ appliances })
  return ok(0)
}

function lineOf({ name, address, via = [], watchOnly, demo }: ListedAppliance, words: Work['words']): string {
  const place = (at: Address) => `${at.user}@${addressText(at)}`
  const way = [...via.map((stop) => place(stop.address)), place(address)].join(' > ')
  const only = watchOnly === true ? [words.cli.watchedOnly] : []
  return words.cli.pair(demo ? words.demo.called(name) : name, words.cli.list([way, ...only]))
}

async function forget({ client, terminal, words }: Work, name: string): Promise<Result<number>> {
  const forgotten = await flat('appliances.forget', client.product.appliances.forget({ name }))
  if (!forgotten.ok) return forgotten
  terminal.say(words.cli.forgotten(name))
  terminal.result({ name, forgotten: true })
  return ok(0)
}
