// The shape of what is said about files of a catalog: a fault without a sentence does not compile.
import type { CatalogFault, CatalogProblem } from '../domain/catalog-fault.ts'
import type { SchemaRule } from '../domain/schema-rule.ts'

type FaultOf<K extends CatalogFault['kind']> = Extract<CatalogFault, { kind: K }>

export type CatalogWords = {
  /** What is wrong and what would be right; without an end, and without its place. */
  readonly faults: { readonly [K in CatalogFault['kind']]: (fault: FaultOf<K>) => string }
  readonly clean: (files: number) => string
  readonly sum: (problems: number, files: number) => string
}

export type SchemaRuleWords = {
  readonly [R in SchemaRule['rule']]: (rule: Extract<SchemaRule, { rule: R }>) => string
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
