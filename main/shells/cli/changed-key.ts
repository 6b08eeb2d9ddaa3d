// Behind a refused host key stands the command that trusts it: a step of its own, for whoever has compared it.
import type { Address } from '../../../shared/domain/appliance.ts'
import type { FailureOf } from '../../../shared/domain/failure.ts'
import type { CommandLine } from './arguments.ts'
import { flat, type Work } from './work.ts'

export async function sayHowToTrust(
  { client, terminal, words }: Work,
  line: CommandLine,
  changed: FailureOf<'host-key-changed'>,
): Promise<void> {
  const saved = await flat('appliances.list', client.product.appliances.list({}))
  const known = saved.ok ? saved.value : []
  const isIt = ({ host, port }: Address) => host === changed.host && port === changed.port
  const named = known.find(({ address }) => isIt(address))
  const places = [...typedIn(line), ...known.flatMap(({ via = [] }) => via.map(({ address }) => address))]
  const user = places.find(isIt)?.user ?? 'root'
  const host = changed.host.includes(':') ? `[${changed.host}]` : changed.host
  const where = named?.name ?? `ssh://${user}@${host}:${changed.port}`
  terminal.complain(words.trust.ifCompared(`rackside trust ${where} --fingerprint ${changed.offered} --replace`))
}

function typedIn(line: CommandLine): Address[] {
  const jumps = 'jumps' in line ? line.jumps.map(({ address }) => address) : []
  const where = 'target' in line ? line.target : 'where' in line ? line.where : undefined
  return where?.by === 'address' ? [where.address, ...jumps] : jumps
}
