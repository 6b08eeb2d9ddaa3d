// Puts the gallery's pseudo language around every English text of the product while the gallery is built: what a module
// of texts exports goes through `spoken` first. The product itself is built without this.
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** The English sets, and the one module whose texts of both languages stand together. */
const textModules = /\/(?:(?:shared\/words|renderer\/i18n)\/en\/[^/]+|shared\/words\/durations)\.ts$/

/** `root`: the repository's folder. */
export function pseudoWords(root: string): Plugin {
  const speaker = JSON.stringify(join(root, 'tests/ui/gallery/pseudo.ts'))
  return {
    name: 'rackside-pseudo-words',
    enforce: 'pre',
    transform: (code, id) =>
      textModules.test(id.replaceAll('\\', '/')) ? { code: spokenExports(code, speaker), map: null } : undefined,
  }
}

/** `export const access = …` becomes a private one that is exported under its name once it was spoken. */
export function spokenExports(code: string, speaker: string): string {
  const names: string[] = []
  const inner = code.replace(/^export (const|function) (\w+)/gm, (_, kind: string, name: string) => {
    names.push(name)
    return `${kind} ${name}`
  })
  const spoken = names.map((name) => `const spoken_${name} = spoken(${name})\nexport { spoken_${name} as ${name} }`)
  return [`import { spoken } from ${speaker}`, inner, ...spoken, ''].join('\n')
}
