// The hosts of this user's OpenSSH configuration as proposals: where they are, with which key, over which jump hosts.
// Nothing is saved and nobody is dialled; a key file that is named is known by its id from now on.
import { readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Address } from '../../../shared/domain/appliance.ts'
import { evidence, ok, type Result } from '../../../shared/domain/failure.ts'
import { type ConfigStop, readSshConfig, type Skipped } from '../../connect/ssh-config.ts'
import { matchesWildcards } from '../../connect/wildcards.ts'
import { readPlainText } from '../../files/plain-file.ts'
import type { Core } from '../context.ts'
import { idOfKeyFile, rememberKeyFiles } from '../desk/desk.ts'

type ProposedStop = { readonly address: Address; readonly credentialId?: string }
type Proposals = {
  readonly file: string
  readonly hosts: (ProposedStop & { readonly name: string; readonly via: ProposedStop[] })[]
  readonly skipped: Skipped[]
}

const mostBytes = 1024 * 1024

export function proposeFromSshConfig(core: Core): Result<Proposals> {
  const { sshFolder, user } = core.tools
  const file = join(sshFolder, 'config')
  const home = dirname(sshFolder)
  const matching = (pattern: string) => filesLike(resolve(sshFolder, pattern.replace(/^~(?=\/)/, home)))
  const config = readSshConfig(file, { read: textOf, matching }, { name: user, home })
  if (!config.ok) return config
  const { hosts, skipped } = config.value
  const named = hosts.flatMap((host) => [host, ...host.via]).flatMap((stop) => stop.identityFile ?? [])
  // Where the state cannot be written they are proposed all the same: that is said by what somebody does with one.
  rememberKeyFiles(core, [...new Set(named)])
  const proposed = ({ address, identityFile }: ConfigStop): ProposedStop => ({
    address,
    ...(identityFile !== undefined && { credentialId: idOfKeyFile(core, identityFile) }),
  })
  return ok({
    file,
    hosts: hosts.map((host) => ({ name: evidence(host.name, 200), ...proposed(host), via: host.via.map(proposed) })),
    skipped: skipped.map(({ what, name }) => ({ what, name: evidence(name, 200) })),
  })
}

function textOf(file: string): string | undefined {
  const text = readPlainText(file, { follow: true, mostBytes })
  return 'read' in text ? text.read : undefined
}

/** In the order of their names, as OpenSSH includes them. Only the last part of a path may be a pattern. */
function filesLike(pattern: string): string[] {
  try {
    const names = readdirSync(dirname(pattern)).sort()
    const hidden = basename(pattern).startsWith('.')
    const meant = names.filter((name) => name.startsWith('.') === hidden && matchesWildcards(basename(pattern), name))
    return meant.map((name) => join(dirname(pattern), name))
  } catch {
    return []
  }
}
