// The rules of the house that no compiler knows: what a file may be called, how it opens, how long
// it may be, what the pure half may touch. Each is a function over files as plain data.
import { posix } from 'node:path'
import { lineOf, readSource, type SourceFile } from './read-source.ts'

const longest = 400

/** Globals that read a clock, chance, the process or the network, or act later. */
const impure: readonly RegExp[] = [
  /(?<![.\w$])Date\.now\b/g,
  // Date(x) without new ignores x and reads the clock.
  /(?<![.\w$])(?:new\s+Date\s*\(\s*\)|new\s+Date\b(?!\s*\()|(?<!new\s+)Date\s*\()/g,
  /(?<![.\w$])Math\.random\b/g,
  /(?<![.\w$])(?:process|Buffer|console|crypto|performance|globalThis|navigator|document|window)\s*(?:\?\.|\.|\[)/g,
  /(?<![.\w$])(?:setTimeout|setInterval|setImmediate|queueMicrotask|fetch)\s*\(/g,
  /(?<![.\w$])new\s+(?:WebSocket|XMLHttpRequest|EventSource|Worker)\b/g,
]

export function impureGlobals(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const { code } = readSource(file.text)
    return impure.flatMap((pattern) =>
      [...code.matchAll(pattern)]
        // `function fetch(` and `process: z.string()` name something of our own.
        .filter((match) => !/\bfunction\s+$/.test(code.slice(0, match.index)))
        .map((match) => `${file.path}:${lineOf(code, match.index)}: ${match[0].trim()} has no place in shared/`),
    )
  })
}

export function defaultExports(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => !/^scripts\/config\/[\w-]+\.config\.ts$/.test(file.path))
    .filter((file) =>
      /(?<![.\w$])export\s+default\b|\bas\s+default\b[^}]*\}(?!\s*from)/.test(readSource(file.text).code),
    )
    .map((file) => `${file.path}: default export`)
}

/** Modules are shared by the files of a worker: whoever replaces one has a process of its own, named so. */
export function sharedMocks(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => !/-isolated\.test\.tsx?$/.test(file.path))
    .filter((file) => /(?<![.\w$])vi\.(?:do)?[mM]ock\s*\(/.test(readSource(file.text).code))
    .map((file) => `${file.path}: vi.mock outside a *-isolated.test.ts`)
}

/** ssh2 accepts any host key where nobody verifies it: a client is made in one module, each with a verifier (P1). */
export function unverifiedClients(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const { code } = readSource(file.text)
    const clients = [...code.matchAll(/(?<![.\w$])new\s+(?:[\w$]+\.)?Client\s*\(/g)]
    const verifiers = [...code.matchAll(/(?<![.\w$])hostVerifier\s*:/g)]
    const allowed = file.path === 'main/connect/ssh.ts' ? Math.min(1, verifiers.length) : 0
    return clients
      .slice(allowed)
      .map((found) => `${file.path}:${lineOf(code, found.index)}: an SSH client without the one verifier`)
  })
}

const vagueWords = new Set([
  'util',
  'utils',
  'utility',
  'utilities',
  'manager',
  'managers',
  'helper',
  'helpers',
  'misc',
])

/** kebab-case, a name that says what the file is for, no barrel. */
export function badNames(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const stem = posix.basename(path).replace(/\.[cm]?[jt]sx?$/, '')
    const words = path.split('/').flatMap((name) => name.split(/[-.]/))
    const problems: string[] = []
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)?$/.test(stem)) problems.push('not kebab-case')
    if (stem === 'index') problems.push('a barrel: import the module itself')
    const vague = words.find((word) => vagueWords.has(word.toLowerCase()))
    if (vague !== undefined) problems.push(`"${vague}" does not say what it is for`)
    return problems.map((problem) => `${path}: ${problem}`)
  })
}

/** A module that only passes on what others export. */
export function barrels(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const { code } = readSource(file.text)
    if (/(?<![.\w$])export\s*\*/.test(code)) return [`${file.path}: export * hides where a name comes from`]
    const rest = code.replace(/(?<![.\w$])(?:import|export)\b[\w$\s{},*]*?from\s*"\d+"/g, '').trim()
    return rest === '' && /\bexport\b/.test(code) ? [`${file.path}: a barrel: import the module itself`] : []
  })
}

export function missingOpenings(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => !/^(?:#![^\n]*\n)?\s*(?:\/\/(?!\/)|\/\*)/.test(file.text))
    .map((file) => `${file.path}: does not open with a comment that says why it exists`)
}

export function longFiles(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const lines = file.text.replace(/\n$/, '').split('\n').length
    return lines > longest ? [`${file.path}: ${lines} lines, ${longest} at most`] : []
  })
}

/** zod as a namespace: `import { z }` puts 65 kB more into a bundle. */
export function namedZodImports(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    readSource(file.text)
      .imports.filter((found) => found.specifier === 'zod' && !/^(?:type\s+)?\*\s*as\s+z$/.test(found.clause))
      .map((found) => `${file.path}:${found.line}: write import * as z from 'zod'`),
  )
}

/** The workplace beside the repository is not part of it: a fresh clone has no such folder. */
export function workplaceNames(files: readonly SourceFile[]): string[] {
  const named = /\/work\/\w|\.\.\/shared\/(?:(?:samples|hooks|mock|tools)\b|[\w/-]*\.md\b)/
  // Where CI finds a real Electron when nobody names one; without it CI says so and fails.
  const allowed = ['..', 'shared', 'tools', 'electron-runtime'].join('/')
  return files.flatMap((file) => {
    const found = named.exec(file.path === '.ci/with-electron' ? file.text.replaceAll(allowed, '') : file.text)
    if (found === null) return []
    return [`${file.path}:${lineOf(file.text, found.index)}: names the workplace (${found[0]})`]
  })
}

export function strayRootEntries(paths: readonly string[], allowed: readonly string[]): string[] {
  const entries = new Set(paths.map((path) => path.split('/')[0] ?? path))
  return [...entries].filter((entry) => !allowed.includes(entry)).map((entry) => `${entry}: not an entry of the root`)
}
