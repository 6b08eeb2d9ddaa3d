// "rackside vendor": for whoever delivers apps. Files are read and written, and no console is opened.
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { blockedText } from '../../../shared/words/blocked-text.ts'
import { failureText } from '../../../shared/words/language.ts'
import { resourceFolder } from '../../console-host/resource-folder.ts'
import { processTools } from '../../console-host/this-computer.ts'
import { lintImages, lintProject } from '../../core/vendor/lint-project.ts'
import { makeProject } from '../../core/vendor/new-project.ts'
import { packProject } from '../../core/vendor/pack-project.ts'
import { nameOfFolder, openProject } from '../../core/vendor/project.ts'
import { changeKeys, publisherIn } from '../../core/vendor/publisher-keys.ts'
import { signProject, usualValidDays } from '../../core/vendor/sign-project.ts'
import { type Trial, tryProject } from '../../core/vendor/try-project.ts'
import { verifyHandover } from '../../core/vendor/verify-handover.ts'
import { exitCodes } from '../../terminal/exit-codes.ts'
import { usage } from '../../terminal/option-words.ts'
import { sayLint } from './catalog-verbs.ts'
import type { SecretSource } from './vault-arguments.ts'
import { givenPassphrase, newPassphrase } from './vault-passphrase.ts'
import type { VendorInvocation } from './vendor-arguments.ts'
import type { Work } from './work.ts'

type VendorWork = Pick<Work, 'terminal' | 'words'>
type Line<A extends VendorInvocation['act']> = Extract<VendorInvocation, { act: A }>

/** Exit code, or the failure that ended the command. */
export async function runVendor(work: VendorWork, line: VendorInvocation): Promise<Result<number>> {
  switch (line.act) {
    case 'init':
      return init(work, line)
    case 'lint':
      return lint(work, line.folder)
    case 'try':
      return tryOut(work, line)
    case 'pack':
      return pack(work, line.folder)
    case 'sign':
      return sign(work, line)
    case 'verify':
      return verify(work, line)
    case 'rotate':
      return rotate(work, line)
    case 'show':
      return show(work, line.folder)
  }
}

async function init(work: VendorWork, { folder, app, publisher, passphrase }: Line<'init'>): Promise<Result<number>> {
  const { terminal, words } = work
  const name = app ?? nameOfFolder(folder)
  if (name === undefined) return usage('not-an-id', folder)
  const keys = 'keys' in publisher ? ok(publisher) : await withPassphrase(work, publisher, passphrase)
  if (!keys.ok) return keys
  const made = await makeProject(processTools, { folder, name, publisher: keys.value })
  if (!made.ok) return made
  const { fingerprint, files } = made.value
  terminal.say(words.vendor.made(resolve(folder), made.value.publisher.name))
  for (const file of files) terminal.say(`  ${file}`)
  for (const step of words.vendor.nextSteps) terminal.say(step)
  terminal.say(words.vendor.fingerprint(fingerprint))
  terminal.result({ folder: resolve(folder), publisher: made.value.publisher, fingerprint, files })
  return ok(0)
}

async function withPassphrase<T extends object>(
  { terminal, words }: VendorWork,
  publisher: T,
  source: SecretSource,
): Promise<Result<T & { readonly passphrase: string }>> {
  const texts = { ...words, vault: { ...words.vault, typeNew: words.vendor.typeNewPassphrase } }
  const passphrase = needed(await newPassphrase({ terminal, words: texts }, source))
  return passphrase.ok ? ok({ ...publisher, passphrase: passphrase.value }) : passphrase
}

async function oldPassphrase({ terminal, words }: VendorWork, source: SecretSource): Promise<Result<string>> {
  const given = await givenPassphrase({ terminal, words }, source, words.vendor.typePassphrase)
  if (!given.ok) return given
  return given.value === undefined ? usage('signing-passphrase-needed') : ok(given.value)
}

/** It is not the vault's that is missing. */
function needed<T>(given: Result<T>): Result<T> {
  const isMissing = !given.ok && given.failure.kind === 'usage' && given.failure.problem === 'passphrase-needed'
  return isMissing ? usage('signing-passphrase-needed') : given
}

async function lint(work: VendorWork, folder: string): Promise<Result<number>> {
  const linted = lintProject(folder)
  if (!linted.ok) return linted
  const { files, problems } = linted.value
  return ok(sayLint(work, { files, problems: problems.length > 0 ? problems : await lintImages(folder) }))
}

async function tryOut(work: VendorWork, { folder, facts }: Line<'try'>): Promise<Result<number>> {
  const project = openProject(folder)
  if (!project.ok) return project
  const trials = await tryProject(processTools, {
    catalog: project.value.catalog,
    facts: facts === undefined ? [] : [resolve(facts)],
    appliances: resourceFolder('appliances') ?? '',
  })
  if (!trials.ok) return trials.failure.kind === 'catalog-invalid' ? lint(work, folder) : trials
  for (const one of trials.value) for (const line of trialLines(one, work.words)) work.terminal.say(line)
  const fits = trials.value.filter(({ problems }) => problems.length === 0).length
  work.terminal.say(work.words.vendor.trialSum(fits, trials.value.length))
  work.terminal.result({ trials: trials.value })
  return ok(0)
}

function trialLines({ appliance, about, solution, choices, problems }: Trial, words: Work['words']): string[] {
  const title = about === undefined ? appliance : words.cli.pair(appliance, about[words.language])
  const services = choices.map(({ service, variant }) => `${service} (${variant})`)
  if (problems.length === 0) return [title, `  ${solution} ${words.vendor.runs(words.cli.list(services))}`]
  const why = problems.map((one) => `    ${failureText(one, words).what}`)
  return [title, `  ${solution} ${words.vendor.doesNot}`, ...why]
}

async function pack(work: VendorWork, folder: string): Promise<Result<number>> {
  const linted = lintProject(folder)
  if (!linted.ok) return linted
  // What is wrong is said as lint says it: nobody packs what nobody could install.
  if (linted.value.problems.length > 0) return ok(sayLint(work, linted.value))
  const project = openProject(folder)
  if (!project.ok) return project
  const { terminal, words } = work
  const packed = await packProject(project.value, processTools, {
    // Empty means not set (XDG).
    cache: join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'rackside-bundles'),
    onStep: (artifact) => terminal.tick(artifact),
  })
  if (!packed.ok) return packed
  const { folder: place, artifacts, bytes } = packed.value
  terminal.say(words.vendor.packed(place, artifacts, bytesText(bytes)))
  terminal.result(packed.value)
  return ok(0)
}

async function sign(work: VendorWork, line: Line<'sign'>): Promise<Result<number>> {
  const { terminal, words } = work
  const project = openProject(line.folder)
  if (!project.ok) return project
  const passphrase = await oldPassphrase(work, line.passphrase)
  if (!passphrase.ok) return passphrase
  const { built, out, against, mostPartBytes, validDays = usualValidDays, atLeast = 1 } = line
  const toSign = built === undefined ? project.value : { ...project.value, bundle: resolve(built) }
  const signed = await signProject(toSign, processTools, {
    ...{ passphrase: passphrase.value, out: resolve(out), mostPartBytes, validDays, atLeast },
    isBuilt: built !== undefined,
    against: against === undefined ? undefined : resolve(against),
  })
  if (!signed.ok) return signed
  const { files, carriedBytes, leftOut, version, expires, fingerprint } = signed.value
  for (const file of files) terminal.say(file)
  terminal.say(words.vendor.signed(project.value.line, version, expires))
  if (leftOut.length > 0) terminal.say(words.cli.pair(words.cli.list(leftOut), words.bundle.leftOut))
  terminal.say(words.vendor.fingerprint(fingerprint))
  terminal.result({ line: project.value.line, version, expires, fingerprint, files, carriedBytes, leftOut })
  return ok(0)
}

async function verify(
  { terminal, words }: VendorWork,
  { files, fingerprint }: Line<'verify'>,
): Promise<Result<number>> {
  let done = 0
  const onBytes = (bytes: number) => {
    done += bytes
    terminal.tick(bytesText(done))
  }
  const looked = await verifyHandover(processTools, { files, fingerprint, onBytes })
  if (!looked.ok) return looked
  const { line, vouching, carriedBytes, pieces } = looked.value
  const entries = looked.value.entries.map((one) => ({
    ...{ kind: one.kind, id: one.id, version: 'version' in one ? one.version : '' },
  }))
  const { publisher, version, expires } = vouching
  for (const { file, problem, why } of pieces) {
    terminal.say(words.cli.pair(`${file} ${words.bundle.problems[problem]}`, why))
  }
  terminal.say(words.vendor.by(publisher.name, publisher.id))
  terminal.say(words.vendor.until(expires))
  for (const one of entries) terminal.say(`  ${words.cli.pair(`${one.kind} ${one.id}`, one.version)}`)
  for (const one of looked.value.blocked) terminal.say(`  ${blockedText(one, words)}`)
  if (pieces.length === 0) terminal.say(words.vendor.whole(line, version, bytesText(carriedBytes)))
  terminal.say(words.vendor.fingerprint(vouching.fingerprint))
  terminal.result({ line, ...vouching, entries, blocked: looked.value.blocked, carriedBytes, pieces })
  return ok(pieces.length === 0 ? 0 : exitCodes['bundle-incomplete'])
}

async function rotate(work: VendorWork, { folder, rootToo, passphrase }: Line<'rotate'>): Promise<Result<number>> {
  const { terminal, words } = work
  const project = openProject(folder)
  if (!project.ok) return project
  const given = await oldPassphrase(work, passphrase)
  if (!given.ok) return given
  const before = publisherIn(project.value.publisherFolder)
  if (!before.ok) return before
  const wish = { passphrase: given.value, now: processTools.now(), rootToo }
  const changed = await changeKeys(project.value.publisherFolder, wish)
  if (!changed.ok) return changed
  const { fingerprint } = changed.value
  const isSame = fingerprint === before.value.fingerprint
  terminal.say(words.vendor.keysChanged)
  terminal.say(words.vendor.signAnew(Object.keys(before.value.lines)))
  terminal.say(isSame ? words.vendor.fingerprintStays(fingerprint) : words.vendor.fingerprint(fingerprint))
  terminal.result(changed.value)
  return ok(0)
}

function show({ terminal, words }: VendorWork, folder: string): Result<number> {
  const project = openProject(folder)
  if (!project.ok) return project
  const known = publisherIn(project.value.publisherFolder)
  if (!known.ok) return known
  const { publisher, fingerprint, lines } = known.value
  terminal.say(words.vendor.by(publisher.name, publisher.id))
  terminal.say(words.vendor.fingerprint(fingerprint))
  for (const [line, version] of Object.entries(lines)) terminal.say(words.vendor.lastSigned(line, version))
  terminal.result(known.value)
  return ok(0)
}
