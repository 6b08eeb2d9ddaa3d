// The terms of everything in the product, in one file that travels with it: each text once, with the packages it is of.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ProductPackage } from './product-packages.ts'

const isText = /^(?:licen[cs]e|copying|notice|unlicense)(?:[-.].*)?$/i
const isProgram = /\.(?:[cm]?js|ts|json)$/

/** Whose package carries no text, and which package of the same authors has it. */
const sameTerms: Readonly<Record<string, string>> = {
  '@ant-design/icons-svg': 'antd',
  '@libsql/darwin-arm64': 'libsql',
  '@libsql/darwin-x64': 'libsql',
  '@libsql/linux-arm64-gnu': 'libsql',
  '@libsql/linux-x64-gnu': 'libsql',
  '@libsql/win32-x64-msvc': 'libsql',
}

/** As the Open Source Initiative has it: for whose package names the licence and its author, and has no text. */
const isc = (author: string) => `ISC License

Copyright (c) ${author}

Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted,
provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF
THIS SOFTWARE.`

/** The text of a package, or undefined where it has none anywhere. */
export function licenceText(root: string, one: Pick<ProductPackage, 'path' | 'name' | 'licence'>): string | undefined {
  const other = sameTerms[one.name]
  const folder = join(root, other === undefined ? one.path : join(dirname(one.path), '..', other))
  const names = readdirSync(folder).sort()
  const files = names.filter((file) => isText.test(file) && !isProgram.test(file))
  if (files.length > 0) return files.map((file) => textIn(folder, file)).join('\n\n')
  const readme = names.find((file) => /^readme\.md$/i.test(file))
  return (
    (readme === undefined ? undefined : licenceSection(textIn(folder, readme))) ?? standardText(folder, one.licence)
  )
}

function textIn(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()
}

/** What a README says below its heading, where that is the text and not only the name. */
function licenceSection(readme: string): string | undefined {
  const section = readme.split(/^#+\s*licen[cs]e.*$/im)[1]?.trim()
  return section?.includes('WITHOUT WARRANTY') || section?.includes('"AS IS"') ? section : undefined
}

function standardText(folder: string, licence: string): string | undefined {
  const { author } = JSON.parse(textIn(folder, 'package.json'))
  return licence === 'ISC' && typeof author === 'string' ? isc(author) : undefined
}

/** Throws where one has no text: it would be shipped against its terms. */
export function licencesFile(root: string, packages: readonly ProductPackage[]): string {
  const byText = new Map<string, string[]>()
  const without: string[] = []
  for (const one of packages) {
    const text = licenceText(root, one)
    if (text === undefined) without.push(one.path)
    else byText.set(text, [...(byText.get(text) ?? []), `${one.name} ${one.version} (${one.licence})`])
  }
  if (without.length > 0) throw new Error(`no licence text: ${without.join(', ')}`)
  const head = 'Rackside contains the following software of others, each under its own terms.\n'
  const texts = [...byText].map(([text, names]) => `${'='.repeat(80)}\n${names.join('\n')}\n\n${text}\n`)
  return [head, ...texts].join('\n')
}
