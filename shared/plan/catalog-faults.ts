// What is wrong with a catalog as a whole: a plan made from it would miss an entry, find two, or wait for hardware that
// nobody knows. Looks at what stands in the files, valid or not, so that one round tells everything.
import type { CatalogFault } from '../domain/catalog-fault.ts'
import { providedInterfaces, references, requiredInterfaces, textsAt, vendorFields } from '../domain/catalog-links.ts'
import { evidence } from '../domain/failure.ts'
import { installedInterface, requiredName } from '../domain/installed-model.ts'
import { nearest } from '../domain/nearest.ts'
import { withoutEffect } from './without-effect.ts'

export type CatalogFile = {
  /** With the folders that it is in. */
  readonly file: string
  /** Undefined where it could not be read. */
  readonly data: unknown
}

type Path = readonly (string | number)[]
export type Misfit = { readonly file: string; readonly path: Path; readonly fault: CatalogFault }

/** Of each file alone. */
export function misfitsOf({ file, data }: CatalogFile, vendors: readonly string[]): Misfit[] {
  const strangers = unknownVendors(data, vendors).map(
    ({ path, text }): Misfit => ({ file, path, fault: unknownVendor(text, vendors) }),
  )
  const id = textAt(data, 'id')
  const isNamed = id === undefined || file === `${id}.yaml` || file.endsWith(`/${id}.yaml`)
  const name: Misfit[] = isNamed ? [] : [{ file, path: ['id'], fault: { kind: 'other-file-name', id: shown(id) } }]
  const same = untranslated(data).map((path): Misfit => ({ file, path, fault: { kind: 'not-translated' } }))
  return [...name, ...strangers, ...same, ...withoutEffect(data).map((one): Misfit => ({ file, ...one }))]
}

/** Of all of them together. */
export function misfitsAmong(files: readonly CatalogFile[]): Misfit[] {
  return [...twins(files), ...missingEntries(files), ...missingInterfaces(files), ...unaskedModels(files)]
}

/** One that no reader is called like would silently match nothing. */
export function unknownVendors(data: unknown, vendors: readonly string[]) {
  return vendorFields.flatMap((field) => textsAt(data, field)).filter(({ text }) => !vendors.includes(text))
}

function unknownVendor(vendor: string, known: readonly string[]): CatalogFault {
  return { kind: 'unknown-vendor', vendor: shown(vendor), known, ...meantBy(vendor.toLowerCase(), known) }
}

function twins(files: readonly CatalogFile[]): Misfit[] {
  const first = new Map<string, string>()
  return files.flatMap(({ file, data }): Misfit[] => {
    const [kind, id] = [textAt(data, 'kind'), textAt(data, 'id')]
    if (kind === undefined || id === undefined) return []
    const entry = `${kind} "${id}"`
    const otherFile = first.get(entry)
    if (otherFile === undefined) first.set(entry, file)
    return otherFile === undefined
      ? []
      : [{ file, path: ['id'], fault: { kind: 'entry-twice', entry: shown(entry), otherFile } }]
  })
}

function missingEntries(files: readonly CatalogFile[]): Misfit[] {
  const ids = new Map<string, string[]>()
  for (const { file, data } of files) {
    const kind = textAt(data, 'kind') ?? ''
    // What cannot be read is not missing: its name says what it would be.
    const id = data === undefined ? file.replace(/^.*\/|\.yaml$/g, '') : textAt(data, 'id')
    if (id !== undefined) ids.set(kind, [...(ids.get(kind) ?? []), id])
  }
  return files.flatMap(({ file, data }) =>
    references
      .filter(({ from }) => textAt(data, 'kind') === from)
      .flatMap(({ field, to }) => {
        const known = [...(ids.get(to) ?? []), ...(ids.get('') ?? [])]
        return textsAt(data, field)
          .filter(({ text }) => !known.includes(text))
          .map(({ path, text }): Misfit => {
            const fault = { kind: 'unknown-entry', entryKind: to, id: shown(text), ...meantBy(text, known) } as const
            return { file, path, fault }
          })
      }),
  )
}

function missingInterfaces(files: readonly CatalogFile[]): Misfit[] {
  const brought = files.flatMap(({ data }) => textsAt(data, providedInterfaces)).map(({ text }) => text)
  const provided = [...brought, ...files.flatMap(({ data }) => installedOf(data))]
  // Somebody who cannot be read may provide it.
  if (files.some(({ data }) => data === undefined)) return []
  return files.flatMap(({ file, data }) =>
    textsAt(data, requiredInterfaces)
      .filter(({ text }) => !provided.includes(text))
      .map(({ path, text }): Misfit => {
        const fault = { kind: 'provided-by-nothing', interfaceName: shown(text), ...meantBy(text, provided) } as const
        return { file, path, fault }
      }),
  )
}

/** Apps of solutions that were left without a model. One that cannot be read, or is not there, may ask for none. */
function unaskedModels(files: readonly CatalogFile[]): Misfit[] {
  const needs = new Map(
    files
      .filter(({ data }) => textAt(data, 'kind') === 'app')
      .map(({ data }) => [textAt(data, 'id'), textAt(data, 'requires.*')]),
  )
  return files.flatMap(({ file, data }) =>
    textsAt(data, 'services.*.app').flatMap(({ path, text }): Misfit[] => {
      const service = path.slice(0, -1)
      const isAsked = ['usesModel', 'usesInstalled'].some((field) => textAt(data, [...service, field].join('.')))
      const needed = needs.get(text)
      if (isAsked || needed === undefined) return []
      return [{ file, path, fault: { kind: 'asks-no-model', app: shown(text), needs: shown(needed) } }]
    }),
  )
}

/** What solutions count on that bring no model of their own. */
function installedOf(data: unknown): string[] {
  return textsAt(data, 'services.*.usesInstalled').flatMap(({ text }) => {
    const known = installedInterface.safeParse(text)
    return known.success ? [requiredName(known.data)] : []
  })
}

/** Wherever there is a text in both languages. */
function untranslated(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  const { en, 'zh-CN': chinese } = value as { readonly [field: string]: unknown }
  const isSame = typeof en === 'string' && typeof chinese === 'string' && en.trim() === chinese.trim()
  const inside = Object.entries(value).flatMap(([name, one]) =>
    untranslated(one, [...path, Array.isArray(value) ? Number(name) : name]),
  )
  return isSame ? [path, ...inside] : inside
}

function textAt(data: unknown, field: string): string | undefined {
  return textsAt(data, field)[0]?.text
}

function meantBy(word: string, known: readonly string[]): { meant?: string } {
  const meant = word.length > 60 ? undefined : nearest(word, known)
  return meant === undefined ? {} : { meant }
}

function shown(text: string): string {
  return evidence(text.slice(0, 200), 80)
}
