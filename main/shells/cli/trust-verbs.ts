// Host keys from a terminal: trust one, trust a changed one again, forget, list, known_hosts in and out. Nothing here
// logs in anywhere.
import { closeSync, openSync, readSync } from 'node:fs'
import type { ImportedHostKey, KeptHostKey } from '../../../shared/contract/host-keys.ts'
import { type Access, type Address, addressText } from '../../../shared/domain/appliance.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { TrustInvocation } from './trust-arguments.ts'
import type { Elsewhere } from './where.ts'
import { flat, type Work } from './work.ts'

/** `ask`: what the person types; undefined where nobody can be asked. */
export type TrustWork = Work & { readonly ask: (question: string) => Promise<string | undefined> }

/** Longer than the contract takes; a file that reaches it is refused there. */
const mostBytes = 256 * 1024 + 1

/** Exit code, or the failure that ended the command. */
export async function runTrust(work: TrustWork, line: TrustInvocation): Promise<Result<number>> {
  switch (line.act) {
    case 'list':
      return list(work)
    case 'export':
      return giveOut(work)
    case 'import':
      return takeIn(work, line.file)
  }
  const place = await placeOf(work, line.where)
  if (!place.ok) return place
  switch (line.act) {
    case 'look':
      return look(work, place.value)
    case 'trust':
      return trust(work, place.value, line.fingerprint)
    case 'replace':
      return replace(work, { place: place.value, ...line })
    case 'forget':
      return forget(work, { place: place.value, ...line })
  }
}

/** Where it is, over which jump hosts, and what was accepted for it. */
type Place = { readonly address: Address } & Pick<Access, 'via' | 'weakAlgorithms'>

/** A port of an address alone needs nobody's login name; the contract's address has one. */
async function placeOf({ client }: Work, where: Elsewhere): Promise<Result<Place>> {
  if (where.by === 'address') return ok({ address: where.address })
  const saved = await flat('appliances.list', client.product.appliances.list({}))
  if (!saved.ok) return saved
  const found = saved.value.find((one) => one.name === where.name)
  if (found !== undefined) {
    const { address, via, weakAlgorithms } = found
    return ok({ address, ...(via && { via }), ...(weakAlgorithms && { weakAlgorithms }) })
  }
  return fail({
    kind: 'appliance-unknown',
    name: evidence(where.name, 200),
    known: saved.value.map((one) => one.name),
  })
}

async function look({ client, terminal, words }: Work, place: Place): Promise<Result<number>> {
  const greeted = await flat('appliances.greet', client.product.appliances.greet(place))
  if (!greeted.ok) return greeted
  const { keyType, fingerprint, pinned } = greeted.value
  const { address } = place
  const { host, port } = address
  if (!pinned) return fail({ kind: 'host-key-unknown', host, port, keyType, fingerprint })
  terminal.say(words.trust.trusted(addressText(address), keyType, fingerprint))
  terminal.result(greeted.value)
  return ok(0)
}

async function trust({ client, terminal, words }: Work, place: Place, given: string): Promise<Result<number>> {
  const trusted = await flat('appliances.trust', client.product.appliances.trust({ ...place, fingerprint: given }))
  if (!trusted.ok) return trusted
  const { keyType, fingerprint } = trusted.value
  terminal.say(words.trust.trusted(addressText(place.address), keyType, fingerprint))
  terminal.result(trusted.value)
  return ok(0)
}

type Confirmed = { readonly place: Place; readonly typed?: string }

/** What was typed, now or on the command line; nothing where nobody can be asked, which confirms nothing. */
async function typedHost({ ask, words }: TrustWork, { place, typed }: Confirmed): Promise<string> {
  return typed ?? (await ask(words.trust.typeHost(place.address.host))) ?? ''
}

async function replace(work: TrustWork, wish: Confirmed & { readonly fingerprint: string }): Promise<Result<number>> {
  const { client, terminal, words } = work
  const { place, fingerprint } = wish
  const typed = await typedHost(work, wish)
  const done = await flat(
    'hostKeys.retrust',
    client.product.hostKeys.retrust({ ...place, fingerprint, typedHost: typed }),
  )
  if (!done.ok) return done
  terminal.say(words.trust.trusted(addressText(place.address), done.value.keyType, fingerprint))
  terminal.say(words.trust.replaced(done.value.replaced))
  terminal.result(done.value)
  return ok(0)
}

async function forget(work: TrustWork, wish: Confirmed): Promise<Result<number>> {
  const { client, terminal, words } = work
  const { host, port } = wish.place.address
  const typed = await typedHost(work, wish)
  const done = await flat('hostKeys.forget', client.product.hostKeys.forget({ host, port, typedHost: typed }))
  if (!done.ok) return done
  const { forgotten, stillImported } = done.value
  terminal.say(words.trust.forgotten(addressText(wish.place.address), forgotten))
  if (stillImported > 0) terminal.say(words.trust.stillImported(stillImported))
  terminal.result(done.value)
  return ok(0)
}

async function list(work: Work): Promise<Result<number>> {
  const { client, terminal, words } = work
  const kept = await flat('hostKeys.list', client.product.hostKeys.list({}))
  if (!kept.ok) return kept
  const saved = await flat('appliances.list', client.product.appliances.list({}))
  if (!saved.ok) return saved
  const demos = new Set(saved.value.filter((one) => one.demo).map((one) => one.name))
  const called = (name: string) => (demos.has(name) ? words.demo.called(name) : name)
  const { pinned, imported } = kept.value
  for (const one of pinned) terminal.say(pinnedLine(work, { ...one, names: one.names.map(called) }))
  for (const one of imported) terminal.say(importedLine(work, one))
  if (pinned.length + imported.length === 0) terminal.say(words.cli.none)
  terminal.result(kept.value)
  return ok(0)
}

function pinnedLine({ words }: Work, one: KeptHostKey): string {
  const { cli, trust: say } = words
  const parts = [
    ...one.names,
    `${one.keyType} ${one.fingerprint}`,
    ...(one.source === undefined ? [] : [say.sources[one.source]]),
    ...(one.since === undefined ? [] : [say.since(one.since)]),
    one.machineId === undefined ? say.noMachine : say.machine(one.machineId),
  ]
  return cli.pair(addressText(one), cli.list(parts))
}

function importedLine({ words }: Work, one: ImportedHostKey): string {
  const { cli, trust: say } = words
  const parts = [`${one.keyType} ${one.fingerprint}`, one.revoked ? say.revoked : say.importedLine]
  return cli.pair(evidence(one.hosts, 200), cli.list(parts))
}

async function takeIn({ client, terminal, words }: Work, file: string): Promise<Result<number>> {
  const text = textOf(file)
  if (!text.ok) return text
  const done = await flat('hostKeys.import', client.product.hostKeys.import({ text: text.value }))
  if (!done.ok) return done
  const { added, revoked, alreadyKnown, unknownTypes, certAuthorities } = done.value
  terminal.say(words.trust.imported(added, revoked, alreadyKnown))
  if (unknownTypes > 0) terminal.say(words.trust.unknownTypes(unknownTypes))
  if (certAuthorities > 0) terminal.say(words.trust.certAuthorities(certAuthorities))
  terminal.result(done.value)
  return ok(0)
}

/** No more of it than could be imported, whatever it is. */
function textOf(file: string): Result<string> {
  try {
    const descriptor = openSync(file, 'r')
    try {
      const bytes = Buffer.alloc(mostBytes)
      let length = 0
      for (let taken = 1; taken > 0 && length < mostBytes; length += taken) {
        taken = readSync(descriptor, bytes, length, mostBytes - length, null)
      }
      return ok(bytes.toString('utf8', 0, length))
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    return fail({ kind: 'known-hosts-unusable', line: 0, problem: evidence((error as Error).message, 300) })
  }
}

async function giveOut({ client, terminal }: Work): Promise<Result<number>> {
  const done = await flat('hostKeys.export', client.product.hostKeys.export({}))
  if (!done.ok) return done
  const text = done.value.text.trimEnd()
  if (text !== '') terminal.say(text)
  terminal.result(done.value)
  return ok(0)
}
