// What an entry says and nothing would come of: a variable of a file in single braces, a password that its app never gets,
// data that are stored nobody says where. What was delivered with one still installs: this is for whoever writes entries.
import type { CatalogFault } from '../domain/catalog-fault.ts'
import { textsAt } from '../domain/catalog-links.ts'
import { fileVariables } from '../domain/entry/configuration.ts'
import type { SchemaRule } from '../domain/schema-rule.ts'

type Found = { readonly path: readonly (string | number)[]; readonly fault: CatalogFault }

const fileTexts = ['configuration.files.*.parts.*.text', 'parts.*.files.*.text']

export function withoutEffect(data: unknown): Found[] {
  return [...singleBraces(data), ...unusedPassword(data), ...storedNowhere(data)]
}

function found(path: Found['path'], rule: SchemaRule): Found {
  return { path, fault: { kind: 'rule', rule } }
}

/** In single braces they mean nothing in a file; in words and environment they do. */
function singleBraces(data: unknown): Found[] {
  const secrets = namesAt(data, 'configuration.secrets.*.name').map((name) => `secret.${name}`)
  const settings = namesAt(data, 'settings.*.name').map((name) => `setting.${name}`)
  const known: readonly string[] = [...fileVariables, ...secrets, ...settings]
  return fileTexts
    .flatMap((field) => textsAt(data, field))
    .flatMap(({ path, text }) => {
      const named = [...text.matchAll(/(?<!\{)\{([a-zA-Z][\w.-]*)\}(?!\})/g)].map((match) => match[1] ?? '')
      const name = named.find((one) => known.includes(one))
      return name === undefined ? [] : [found(path, { rule: 'single-brace', name: name.slice(0, 200) })]
    })
}

function unusedPassword(data: unknown): Found[] {
  const [{ path, text: name } = { path: [], text: '' }] = textsAt(data, 'signIn.secret')
  if (name === '' || !namesAt(data, 'configuration.secrets.*.name').includes(name)) return []
  const variable = `{secret.${name}}`
  const words = [...valuesOf(data, 'variants'), ...valuesOf(data, 'parts')]
  const files = fileTexts.flatMap((field) => textsAt(data, field)).map(({ text }) => text)
  const isUsed = words.some((word) => word.includes(variable)) || files.some((text) => text.includes(`{${variable}}`))
  return isUsed ? [] : [found(path, { rule: 'secret-unused', name: name.slice(0, 200) })]
}

function storedNowhere(data: unknown): Found[] {
  const [said] = textsAt(data, 'dataHandling.patientData')
  const where = namesAt(data, 'dataHandling.stored.en')
  return said?.text === 'stored' && where.length === 0 ? [found(['dataHandling'], { rule: 'stored-where' })] : []
}

function namesAt(data: unknown, field: string): string[] {
  return textsAt(data, field).map(({ text }) => text)
}

/** What the environment of each has. */
function valuesOf(data: unknown, list: 'variants' | 'parts'): string[] {
  const all = (data as { [list: string]: unknown } | null)?.[list]
  if (!Array.isArray(all)) return []
  const values = all.flatMap((one) => Object.values((one as { environment?: object } | null)?.environment ?? {}))
  return values.filter((value) => typeof value === 'string')
}
