// The watch helper from a terminal: its files as they would be installed, byte for byte; installing and removing.
import type { Target } from '../../../shared/contract/contract.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { flat, type VerbWork } from './work.ts'

export async function watchHelper(work: VerbWork, target: Target): Promise<Result<number>> {
  const { client, invocation, terminal, words } = work
  const { helper } = invocation
  if (helper === undefined) throw new Error('a watch-helper command without an act')
  if (helper.act === 'show') return show(work, helper.user)
  if (helper.act === 'remove') {
    const removed = await flat('privilege.removeWatchHelper', client.product.privilege.removeWatchHelper({ target }))
    if (!removed.ok) return removed
    terminal.say(words.cli.helperRemoved)
    terminal.result({ removed: true })
    return ok(0)
  }
  const { user } = helper
  const installed = await flat(
    'privilege.installWatchHelper',
    client.product.privilege.installWatchHelper({ target, user }),
  )
  if (!installed.ok) return installed
  const { version } = installed.value
  terminal.say(words.cli.helperInstalled(user, version))
  terminal.result({ installed: true, user, version })
  return ok(0)
}

async function show({ client, terminal, words }: VerbWork, user: string): Promise<Result<number>> {
  const texts = await flat('privilege.watchHelper', client.product.privilege.watchHelper({ user }))
  if (!texts.ok) return texts
  for (const file of [texts.value.sudoers, texts.value.script]) {
    terminal.say(words.cli.helperFile(file.path, file.mode, file.sha256))
    terminal.say(file.text)
  }
  terminal.result(texts.value)
  return ok(0)
}
