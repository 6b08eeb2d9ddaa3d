// Makes a support bundle: gathers, gives everything other names, looks for secrets once more, and holds the files until
// somebody has looked at them and says where they go.
import { release, type } from 'node:os'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import {
  mostSupportCharacters,
  mostSupportFiles,
  type SupportSummary,
  supportAuditLines,
  supportFileName,
  supportName,
} from '../../../shared/domain/support.ts'
import { type KnownNames, type SupportRedaction, supportRedaction } from '../../../shared/facts/support-redaction.ts'
import type { Language } from '../../../shared/words/words.ts'
import { wordsOf } from '../../../shared/words/words-of.ts'
import { newestAuditLines } from '../../store/audit-tail.ts'
import { stopsOf } from '../access/opening.ts'
import { watching } from '../background/background.ts'
import { previewBackup } from '../backup/preview.ts'
import type { Core } from '../context.ts'
import { type SecretSearch, secretSearch } from './known-secrets.ts'
import { partsOfAppliance, type RawFile } from './of-appliance.ts'

export type SupportWish = {
  /** Names of saved appliances; none: of this console alone. */
  readonly appliances: readonly string[]
  readonly keepsNames: boolean
  readonly language: Language
}

/** Of one console at a time; the one that was made first goes first. */
const mostHeld = 3

export async function gatherSupport(core: Core, wish: SupportWish): Promise<Result<SupportSummary>> {
  const saved = core.state.appliances.read()
  if (!saved.ok) return saved
  const known = saved.value.map(({ name }) => name)
  const missing = wish.appliances.find((name) => !known.includes(name))
  if (missing !== undefined) return fail({ kind: 'appliance-unknown', name: missing, known })
  const parts = new Map<string, Awaited<ReturnType<typeof partsOfAppliance>>>()
  for (const name of new Set(wish.appliances)) parts.set(name, await partsOfAppliance(core, name))
  const names = namesIn(
    core,
    [...parts.values()].flatMap(({ hosts }) => hosts),
  )
  const redaction = supportRedaction({ ...names, appliances: [...wish.appliances, ...known] }, wish.keepsNames)
  const search = await secretSearch(core)
  const made = cleaned([...(await ofConsole(core, wish)), ...ofAppliances(parts, redaction)], { redaction, search })
  const dropped = {
    logLines: [...parts.values()].reduce((sum, one) => sum + one.droppedLines, 0),
    secrets: made.secrets,
  }
  const unreached = [...parts].flatMap(([name, { failure }]) =>
    failure === undefined ? [] : [redaction.appliance(name)],
  )
  return ok(held(core, made.files, { wish, dropped, unreached, vaultSearched: search.vaultSearched }))
}

function ofAppliances(
  parts: ReadonlyMap<string, { readonly files: readonly RawFile[] }>,
  redaction: SupportRedaction,
): RawFile[] {
  return [...parts].flatMap(([name, { files }], at) => {
    const shown = redaction.appliance(name)
    const folder = /^[a-z0-9][\w.-]{0,39}$/.test(shown) ? shown : `appliance-${at + 1}`
    return files.map((file) => ({ ...file, name: `${folder}/${file.name}` }))
  })
}

/** People, machines and this computer, as far as this console knows them. */
function namesIn({ state, tools }: Core, found: readonly string[]): Omit<KnownNames, 'appliances'> {
  const saved = state.appliances.read()
  const stops = saved.ok ? saved.value.flatMap((one) => stopsOf(one)) : []
  const pins = state.pins.read()
  const hosts = [...stops.map(({ address }) => address.host), ...(pins.ok ? pins.value.map(({ host }) => host) : [])]
  const audit = auditLines(state.folder, () => true)
  const who = audit.flatMap((line) => ('who' in line && typeof line.who === 'string' ? [line.who] : []))
  const short = found.map((name) => name.split('.')[0] ?? '')
  return {
    hosts: [...new Set([...found, ...short, ...hosts, tools.computer ?? ''])],
    users: [...new Set([...stops.map(({ address }) => address.user), tools.user, ...who])],
  }
}

function auditLines(folder: string, wanted: (line: object) => boolean): object[] {
  try {
    return newestAuditLines(folder, wanted, supportAuditLines)
  } catch {
    // There is none yet, or it cannot be read: the state of the console says which.
    return []
  }
}

async function ofConsole(core: Core, wish: SupportWish): Promise<RawFile[]> {
  const { tools } = core
  const versions = { rackside: tools.version ?? null, node: process.version, system: `${type()} ${release()}` }
  const preview = previewBackup(core)
  const words = wordsOf(wish.language).support
  return [
    { name: 'about.txt', text: words.about(tools.now(), wish.keepsNames) },
    { name: 'versions.json', value: versions },
    { name: 'console/state.json', value: preview.ok ? preview.value : { failure: preview.failure } },
    { name: 'console/watching.json', value: watching(core) },
    { name: 'console/audit.jsonl', lines: auditOf(core, wish) },
  ]
}

function auditOf({ state }: Core, { appliances }: SupportWish): object[] {
  const saved = state.appliances.read()
  const its = saved.ok ? saved.value.filter(({ name }) => appliances.includes(name)) : []
  const marks = new Set(its.flatMap(({ name, address }) => [name, address.host]))
  return auditLines(state.folder, (line) => appliances.length === 0 || mentions(line, marks))
}

function mentions(value: unknown, marks: ReadonlySet<string>): boolean {
  if (typeof value === 'string') return marks.has(value)
  return typeof value === 'object' && value !== null && Object.values(value).some((one) => mentions(one, marks))
}

type Cleaning = { readonly redaction: SupportRedaction; readonly search: SecretSearch }

function cleaned(
  raw: readonly RawFile[],
  { redaction, search }: Cleaning,
): { files: Map<string, string>; secrets: number } {
  const files = new Map<string, string>()
  let secrets = 0
  for (const file of raw.slice(0, mostSupportFiles)) {
    const named = supportFileName.safeParse(file.name)
    if (!named.success) continue
    const made = redacted(file, redaction)
    const { text, found } = search.cleaned(made)
    secrets += found
    files.set(
      named.data,
      text.length > mostSupportCharacters ? `${text.slice(0, mostSupportCharacters)}\n[cut]\n` : text,
    )
  }
  return { files, secrets }
}

function redacted(file: RawFile, redaction: SupportRedaction): string {
  if ('text' in file) return redaction.text(file.text, file.isTool === true ? 'tool' : 'words')
  if ('lines' in file) return file.lines.map((line) => `${JSON.stringify(redaction.value(line))}\n`).join('')
  return `${JSON.stringify(redaction.value(file.value), null, 1)}\n`
}

type Told = Pick<SupportSummary, 'dropped' | 'unreached' | 'vaultSearched'> & { readonly wish: SupportWish }

function held(core: Core, files: ReadonlyMap<string, string>, { wish, ...told }: Told): SupportSummary {
  const sizes = [...files].map(([name, text]) => ({ name, bytes: Buffer.byteLength(text) }))
  const summary: SupportSummary = {
    ...{ supportId: `support-${core.tools.randomId()}`, name: supportName(core.tools.now()), files: sizes },
    ...{ bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0), keepsNames: wish.keepsNames, ...told },
  }
  core.supports.set(summary.supportId, { summary, files })
  const [oldest] = core.supports.keys()
  if (core.supports.size > mostHeld && oldest !== undefined) core.supports.delete(oldest)
  return summary
}
