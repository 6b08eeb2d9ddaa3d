// `rackside sign-ins`: how people and apps come into what runs on an appliance, and one of their secrets where somebody
// asks for that one.
import type { Target } from '../../../shared/contract/contract.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { secretOf, type WayIn } from '../../../shared/domain/sign-in.ts'
import type { UpkeepWords } from '../../../shared/words/upkeep-words.ts'
import { usage } from '../../terminal/option-words.ts'
import { flat, type VerbWork } from './work.ts'

export async function signIns(work: VerbWork, target: Target): Promise<Result<number>> {
  const { client, invocation, terminal, words } = work
  const all = await flat('upkeep.signIns', client.product.upkeep.signIns({ target }))
  if (!all.ok) return all
  if (invocation.show !== undefined) return show(work, target, all.value)
  if (invocation.changed !== undefined) return confirm(work, target, all.value)
  const { signIns: labels } = words.upkeep
  if (all.value.length === 0) terminal.say(labels.none)
  for (const way of all.value) {
    const how = secretOf(way) === undefined ? [] : [labels.howToShow(nameOf(way))]
    terminal.say(words.cli.pair(way.deployment, words.cli.list([wayText(way, labels), ...how])))
  }
  terminal.result({ signIns: all.value })
  return ok(0)
}

/** Of a way whose secret can be shown. */
function nameOf(way: WayIn): string {
  return way.for === 'app' ? `${way.deployment}/${way.consumer}` : way.deployment
}

function wayText(way: WayIn, words: UpkeepWords['signIns']): string {
  if (way.for === 'app') return words.app(way.consumer, way.baseUrl, way.models.join(', '))
  const { signIn } = way
  if (way.isOlder === true) return words.older
  if (signIn.by === 'made') return words.made(signIn.user)
  if (signIn.by === 'published' && way.isChanged === true) return words.changed(signIn.user)
  return signIn.by === 'published' ? words.published(signIn.user, signIn.password) : words[signIn.by]
}

/** Of whom somebody says that the published password was changed. */
async function confirm(
  { client, invocation: { changed: deployment = '' }, terminal, words }: VerbWork,
  target: Target,
  all: readonly WayIn[],
): Promise<Result<number>> {
  const published = all.flatMap((way) =>
    way.for === 'people' && way.signIn.by === 'published' && way.isChanged !== true ? [way.deployment] : [],
  )
  if (!published.includes(deployment)) {
    return usage('no-published-sign-in', deployment, { other: published.join(', ') })
  }
  const done = await flat('upkeep.confirmSignIn', client.product.upkeep.confirmSignIn({ target, deployment }))
  if (!done.ok) return done
  terminal.say(words.upkeep.signIns.confirmed(deployment))
  terminal.result({ signIns: done.value })
  return ok(0)
}

async function show(
  { client, invocation: { show: name = '' }, terminal }: VerbWork,
  target: Target,
  all: readonly WayIn[],
): Promise<Result<number>> {
  const withSecret = all.filter((way) => secretOf(way) !== undefined)
  const way = withSecret.find((one) => nameOf(one) === name)
  const secret = way === undefined ? undefined : secretOf(way)
  if (way === undefined || secret === undefined) {
    return usage('no-such-sign-in', name, { other: withSecret.map(nameOf).join(', ') })
  }
  const { deployment } = way
  const shown = await flat('upkeep.showSecret', client.product.upkeep.showSecret({ target, deployment, name: secret }))
  if (!shown.ok) return shown
  terminal.say(shown.value.value)
  terminal.result({ name, secret: shown.value.value })
  return ok(0)
}
