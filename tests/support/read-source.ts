// Reads the imports of a module without a compiler: TypeScript 7 has no JavaScript API, and type
// imports must be seen too. Comments and strings are taken out first, so that words inside them
// are never mistaken for code. Tolerant: what it cannot follow it leaves as code.

export interface SourceFile {
  /** From the repository's root, with forward slashes. */
  readonly path: string
  readonly text: string
}

export interface ImportFound {
  /** null: a computed name, which no scan can follow. */
  readonly specifier: string | null
  /** What stands between `import` or `export` and `from`; empty for the other forms. */
  readonly clause: string
  readonly line: number
}

export interface SourceRead {
  /** The text without comments; each string is `"N"`, an index into `strings`. Lines are kept. */
  readonly code: string
  readonly strings: readonly string[]
  readonly imports: readonly ImportFound[]
}

/** Before these, a slash starts a regular expression; after anything else it divides. */
const regexMayFollow =
  /(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of|new|delete|void|throw|else|do|await))$/

export function readSource(text: string): SourceRead {
  const { code, strings } = separate(text)
  return { code, strings, imports: [...importsOf(code, strings), ...referencesOf(text)] }
}

function separate(text: string): { code: string; strings: string[] } {
  const strings: string[] = []
  // Open `${` of template literals; each counts the braces opened inside it.
  const interpolations: number[] = []
  let code = ''
  let at = 0
  const keepLines = (from: number, to: number) => text.slice(from, to).replace(/[^\n]/g, '')
  const takeTemplate = (start: number) => {
    const end = templateEnd(text, start)
    const piece = text.slice(start, end.at)
    if (end.interpolates) {
      // A string that is put together counts as computed: no quotes around it.
      code += `\`${keepLines(start, end.at)}`
      interpolations.push(0)
    } else if (text[start - 1] === '`') {
      code += `"${strings.push(piece) - 1}"${keepLines(start, end.at)}`
    } else code += keepLines(start, end.at)
    at = end.at + (end.interpolates ? 2 : 1)
  }
  while (at < text.length) {
    const char = text[at] ?? ''
    const next = text[at + 1]
    if (char === '/' && (next === '/' || next === '*')) {
      const found = text.indexOf(next === '/' ? '\n' : '*/', at + 2)
      const end = found < 0 ? text.length : found + (next === '/' ? 0 : 2)
      code += ` ${keepLines(at, end)}`
      at = end
    } else if (char === "'" || char === '"') {
      const end = lineEnd(text, at + 1, char)
      if (end < 0) {
        code += ' '
        at += 1
      } else {
        code += `"${strings.push(text.slice(at + 1, end)) - 1}"`
        at = end + 1
      }
    } else if (char === '`') {
      takeTemplate(at + 1)
    } else if (char === '/' && regexMayFollow.test(code.slice(-20).trimEnd())) {
      const end = lineEnd(text, at + 1, '/')
      code += end < 0 ? '/' : ' 0 '
      at = end < 0 ? at + 1 : end + 1
    } else if (char === '}' && interpolations.at(-1) === 0) {
      interpolations.pop()
      code += ' '
      takeTemplate(at + 1)
    } else {
      const last = interpolations.length - 1
      if (last >= 0 && char === '{') interpolations[last] = (interpolations[last] ?? 0) + 1
      if (last >= 0 && char === '}') interpolations[last] = (interpolations[last] ?? 0) - 1
      code += char
      at += 1
    }
  }
  return { code, strings }
}

/** The closing mark on the same line, or -1. Inside a regular expression `[/]` does not close. */
function lineEnd(text: string, start: number, mark: string): number {
  let inClass = false
  for (let at = start; at < text.length; at += 1) {
    const char = text[at]
    if (char === '\n') return -1
    if (char === '\\') at += 1
    else if (mark === '/' && char === '[') inClass = true
    else if (mark === '/' && char === ']') inClass = false
    else if (char === mark && !inClass) return at
  }
  return -1
}

function templateEnd(text: string, start: number): { at: number; interpolates: boolean } {
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '`') return { at, interpolates: false }
    else if (text[at] === '$' && text[at + 1] === '{') return { at, interpolates: true }
  }
  return { at: text.length, interpolates: false }
}

const importForms = [
  /(?<![.\w$])(?:import|export)\b([\w$\s{},*]*?)\bfrom\s*"(\d+)"/g,
  /(?<![.\w$])import()\s*"(\d+)"/g,
  /(?<![.\w$])(?:import|require|require\.resolve)()\s*\(\s*(?:"(\d+)"|(?!["\s)]))/g,
]

function* importsOf(code: string, strings: readonly string[]): Generator<ImportFound> {
  for (const form of importForms) {
    for (const match of code.matchAll(form)) {
      const index = match[2]
      const specifier = index === undefined ? null : (strings[Number(index)] ?? null)
      yield { specifier, clause: (match[1] ?? '').trim(), line: lineOf(code, match.index) }
    }
  }
}

/** `/// <reference types="node" />` brings another module's types in just as an import does. */
function* referencesOf(text: string): Generator<ImportFound> {
  for (const match of text.matchAll(/^\s*\/\/\/\s*<reference\s+(path|types)\s*=\s*["']([^"']+)["']/gm)) {
    const name = match[2] ?? ''
    const specifier = match[1] === 'path' && !name.startsWith('.') ? `./${name}` : name
    yield { specifier, clause: '', line: lineOf(text, match.index) }
  }
}

export function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
