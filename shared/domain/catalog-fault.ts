// What is wrong with a file of a catalog, as data: one kind for each sentence that can be said about it. Texts of the
// file are made safe to show and cut where a fault is made.
import type { PatternPart } from './pattern-parts.ts'
import type { SchemaRule } from './schema-rule.ts'

/** What a value is, in the words of somebody who writes YAML. */
export type ValueType = 'text' | 'number' | 'whole-number' | 'yes-no' | 'list' | 'fields' | 'nothing' | 'other'

/** `shown`: as it was read; empty for what has parts. */
export type Found = { readonly type: ValueType; readonly shown: string }

/** Both ends belong to it; either may be open. */
export type Range = { readonly least?: number; readonly most?: number }

/** The text of the file cannot be taken at all, or not without a doubt about what it says. */
type TextFault =
  | { readonly kind: 'too-large'; readonly mostBytes: number }
  | { readonly kind: 'too-much' }
  | { readonly kind: 'not-utf8' }
  /** `character`: "U+202E". */
  | { readonly kind: 'unprintable'; readonly character: string }
  /** In the words of the parser. */
  | { readonly kind: 'not-yaml'; readonly detail: string }
  | { readonly kind: 'other-yaml-version'; readonly version: string }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'alias' }
  | { readonly kind: 'field-twice'; readonly field: string }
  | { readonly kind: 'field-not-text'; readonly field: string }
  | { readonly kind: 'field-forbidden'; readonly field: string }
  /** Readers of YAML disagree about it: 0755, 0o17, +5. `meant`: how it was read here. */
  | { readonly kind: 'number-form'; readonly written: string; readonly meant: string }

/** It is read, and does not have the form of an entry. */
type FormFault =
  | {
      readonly kind: 'unknown-field'
      readonly field: string
      readonly meant?: string
      readonly known: readonly string[]
    }
  | { readonly kind: 'missing'; readonly wanted: ValueType; readonly known?: readonly string[] }
  | { readonly kind: 'wrong-type'; readonly found: Found; readonly wanted: ValueType }
  | { readonly kind: 'not-one-of'; readonly found: Found; readonly known: readonly string[]; readonly meant?: string }
  | {
      readonly kind: 'out-of-range'
      readonly of: 'value' | 'characters' | 'items'
      readonly found: number
      readonly range: Range
    }
  /** `parts`: where the pattern is plain enough for words. */
  | {
      readonly kind: 'pattern'
      readonly shown: string
      readonly pattern: string
      readonly parts?: readonly PatternPart[]
    }
  | { readonly kind: 'rule'; readonly rule: SchemaRule }
  /** In the words of the schema's package. */
  | { readonly kind: 'other-rule'; readonly text: string }

/** Each file may be well, and they are not together. */
type CatalogWideFault =
  | { readonly kind: 'not-a-plain-file'; readonly why: string }
  | { readonly kind: 'other-ending' }
  | { readonly kind: 'entry-twice'; readonly entry: string; readonly otherFile: string }
  | { readonly kind: 'unknown-entry'; readonly entryKind: string; readonly id: string; readonly meant?: string }
  | {
      readonly kind: 'unknown-vendor'
      readonly vendor: string
      readonly known: readonly string[]
      readonly meant?: string
    }
  | { readonly kind: 'other-file-name'; readonly id: string }
  | { readonly kind: 'provided-by-nothing'; readonly interfaceName: string; readonly meant?: string }
  /** An app of a solution that says of no model that it asks it, though its entry does ask one. */
  | { readonly kind: 'asks-no-model'; readonly app: string; readonly needs: string }
  | { readonly kind: 'not-translated' }

/** The entries may be well, and a vendor could not deliver them. */
type ProjectFault =
  | { readonly kind: 'no-source'; readonly artifact: string; readonly meant?: string }
  | { readonly kind: 'source-unused'; readonly artifact: string }
  | { readonly kind: 'source-missing'; readonly path: string }
  /** `program`: what its image is started or checked by. */
  | { readonly kind: 'image-lacks'; readonly artifact: string; readonly program: string }
  | { readonly kind: 'no-solution' }
  | { readonly kind: 'no-keys'; readonly folder: string }

export type CatalogFault = TextFault | FormFault | CatalogWideFault | ProjectFault

/** `line` and `column` count from 1; 0: no one place is to blame. `path`: the field, as in "services.1.hostPort". */
export type CatalogProblem = {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly path: string
  readonly fault: CatalogFault
}

export type CatalogLint = { readonly files: number; readonly problems: readonly CatalogProblem[] }
