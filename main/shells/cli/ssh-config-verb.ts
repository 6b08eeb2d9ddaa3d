// "rackside import-ssh-config": what the user's OpenSSH configuration proposes. It lists and saves nothing.
import { addressText } from '../../../shared/domain/appliance.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { flat, type Work } from './work.ts'

export async function listSshConfig({ client, terminal, words }: Work): Promise<Result<number>> {
  const read = await flat('desk.readSshConfig', client.desk.readSshConfig({}))
  if (!read.ok) return read
  const { hosts, skipped, file } = read.value
  const text = ({ address }: { address: { user: string; host: string; port: number } }) =>
    `ssh://${address.user}@${addressText(address)}`
  for (const host of hosts) {
    terminal.say(words.cli.pair(host.name, [...host.via, host].map(text).join(' > ')))
  }
  if (hosts.length === 0) terminal.say(words.cli.pair(file, words.cli.none))
  for (const { what, name } of skipped) terminal.say(words.cli.skippedInConfig(what, name))
  terminal.result(read.value)
  return ok(0)
}
