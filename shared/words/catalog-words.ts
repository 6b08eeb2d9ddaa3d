// The shape of what is said about files of a catalog: a fault without a sentence does not compile.
import type { CatalogFault, CatalogProblem } from '../domain/catalog-fault.ts'
import type { SchemaRule } from '../domain/schema-rule.ts'

type FaultOf<K extends CatalogFault['kind']> = Extract<CatalogFault, { kind: K }>

export type CatalogWords = {
  /** What is wrong and what would be right; without an end, and without its place. */
  readonly faults: { readonly [K in CatalogFault['kind']]: (fault: FaultOf<K>) => string }
  readonly clean: (files: number) => string
  readonly sum: (problems: number, files: number) => string
  readonly outlook: OutlookWords
}

/** What a model would be on an appliance; figures are texts already. */
export type OutlookWords = {
  readonly asked: (users: string, tokens: string) => string
  /** When the facts were taken. */
  readonly seen: (accelerators: string, takenAt: string) => string
  readonly noAccelerators: string
  readonly builtIn: string
  readonly bundle: (name: string) => string
  /** `total`: of that vendor's devices; missing where it is the processor. */
  readonly fits: (form: string, devices: number, total: number | undefined) => string
  /** Beside what fits on the processor: its memory says nothing of how fast it is. */
  readonly slow: string
  readonly people: (here: string, onAll: string | undefined) => string
  readonly way: (form: string, entry: string, variant: string) => string
  readonly doesNotFit: string
  readonly memoryUnknown: string
  readonly noRuntime: string
  /** Of one device: what it has, left free, weights, runtime, room for the cache, and what of it is needed. */
  readonly memory: (terms: {
    readonly usable: string
    readonly reserve: string
    readonly weights: string
    readonly overhead: string
    readonly room: string
    readonly needed: string
  }) => string
  readonly labels: {
    readonly [L in
      | 'from'
      | 'publisher'
      | 'licence'
      | 'terms'
      | 'use'
      | 'forms'
      | 'variants'
      | 'parts'
      | 'services']: string
  }
  readonly notForDiagnosis: string
  readonly inLab: string
}

export type SchemaRuleWords = {
  readonly [R in SchemaRule['rule']]: (rule: Extract<SchemaRule, { rule: R }>) => string
}

/** As it stands in a list of YAML. */
export function itemText(word: string): string {
  return /^[A-Za-z0-9_/.-]+$/.test(word) ? word : JSON.stringify(word)
}

export function ruleText(rule: SchemaRule, words: SchemaRuleWords): string {
  return (words[rule.rule] as (r: SchemaRule) => string)(rule)
}

export function faultText(fault: CatalogFault, words: CatalogWords): string {
  return (words.faults[fault.kind] as (f: CatalogFault) => string)(fault)
}

/** As compilers say it, so that editors find the place. */
export function problemLine({ file, line, column, path, fault }: CatalogProblem, words: CatalogWords): string {
  const where = line === 0 ? `${file}: ` : `${file}:${line}:${column}: `
  return `${where}${path === '' ? '' : `${path}: `}${faultText(fault, words)}`
}
