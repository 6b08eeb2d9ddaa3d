// English: what is wrong with a file of a catalog.
import type { Found, Range, ValueType } from '../../domain/catalog-fault.ts'
import type { PatternPart } from '../../domain/pattern-parts.ts'
import { type CatalogWords, itemText, ruleText } from '../catalog-words.ts'
import { schemaRules } from './schema-rules.ts'

const wantedTypes: { readonly [T in ValueType]: string } = {
  text: 'text',
  number: 'a number',
  'whole-number': 'a whole number',
  'yes-no': 'true or false',
  list: 'a list',
  fields: 'fields with values',
  nothing: 'nothing',
  other: 'something else',
}

export const catalog: CatalogWords = {
  faults: {
    'too-large': ({ mostBytes }) => `the file is larger than ${mostBytes} bytes; split it, or shorten its texts`,
    'too-much': () => 'too many or too deeply nested values',
    'not-utf8': () => 'the file is not written in UTF-8; save it as UTF-8',
    unprintable: ({ character }) => `the character ${character} is invisible or acts on a terminal; take it out`,
    'not-yaml': ({ detail }) => `this is not YAML: ${detail}`,
    'other-yaml-version': ({ version }) => `written for YAML ${version}; take the %YAML line out, YAML 1.2 is read`,
    tag: ({ tag }) => `tags are not allowed; take ${tag} out`,
    alias: () => 'aliases are not allowed; write the value out',
    'field-twice': ({ field }) => `the field "${field}" is there twice; keep one of them`,
    'field-not-text': ({ field }) => `the name of a field is not text; put ${field} in quotes`,
    'field-forbidden': ({ field }) => `no field may be named "${field}"`,
    'number-form': ({ written, meant }) =>
      `readers of YAML disagree about the number ${written}; write ${meant}, or "${written}" for text`,
    'unknown-field': ({ field, meant, known }) => `there is no field "${field}" here${perhaps(meant, known)}`,
    missing: ({ wanted, known }) =>
      `this field is missing; it should be ${known === undefined ? wantedTypes[wanted] : orList(known)}`,
    'wrong-type': ({ found, wanted }) =>
      `this is ${foundText(found)}, and should be ${wantedTypes[wanted]}${hint(found, wanted)}`,
    'not-one-of': ({ found, known, meant }) =>
      `this is ${foundText(found)}, and should be ${orList(known)}${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
    'out-of-range': ({ of, found, range }) =>
      of === 'value'
        ? `this is ${found}, and should be ${rangeText(range)}`
        : `this has ${found} ${of}, and should have ${rangeText(range)}`,
    pattern: ({ shown, pattern, parts }) =>
      parts === undefined
        ? `"${shown}" does not have the form ${pattern}`
        : `"${shown}" does not have the right form: ${parts.map(partText).join(', then ')}`,
    rule: ({ rule }) => ruleText(rule, schemaRules),
    'other-rule': ({ text }) => text,
    'not-a-plain-file': ({ why }) => `this cannot be read: ${why}`,
    'other-ending': () => 'only files that end with .yaml are read; this one is passed over',
    'entry-twice': ({ entry, otherFile }) => `${entry} exists twice; the other one is in ${otherFile}`,
    'unknown-entry': ({ entryKind, id, meant }) =>
      `there is no ${entryKind} "${id}" in this catalog${perhaps(meant, [])}`,
    'unknown-vendor': ({ vendor, meant, known }) =>
      `"${vendor}" is no vendor of accelerators that is known here${perhaps(meant, known)}`,
    'other-file-name': ({ id }) => `the file is not named as its entry; name it ${id}.yaml`,
    'provided-by-nothing': ({ interfaceName, meant }) =>
      `no entry of this catalog provides ${interfaceName}${perhaps(meant, [])}`,
    'asks-no-model': ({ app, needs }) =>
      `${app} requires ${needs}, and nothing here says which model it asks; add usesModel or usesInstalled`,
    'not-translated': () => 'English and Chinese are the same; write each in its language',
    'no-source': ({ artifact, meant }) =>
      `vendor.yaml does not say where ${artifact} comes from${perhaps(meant, [])}; name it under "artifacts"`,
    'source-unused': ({ artifact }) => `no entry names ${artifact}; take it out, or name it in an entry`,
    'source-missing': ({ path }) =>
      `there is no ${path}; put the file there, for an image one that "docker save" wrote`,
    'image-lacks': ({ artifact, program }) =>
      program === '/bin/sh'
        ? `the image ${artifact} has no /bin/sh: the server's engine runs the health check by it, and without it the service never becomes healthy; put a shell into the image, busybox is enough`
        : `the image ${artifact} has no ${program}, which an entry starts or checks it by`,
    'no-solution': () => 'there is no solution, so nobody could install anything of it; write one with kind: solution',
    'no-keys': ({ folder }) => `${folder} is not a publisher's folder with publisher.json and keys`,
  },
  clean: (files) => `${files} file(s), and nothing is wrong with them`,
  sum: (problems, files) => `${problems} problem(s) in ${files} file(s)`,
  outlook: {
    asked: (users, tokens) => `For ${users} at once, ${tokens} tokens each:`,
    seen: (accelerators, takenAt) => `${accelerators}, as seen at ${takenAt}`,
    noAccelerators: 'no accelerator',
    builtIn: 'built in',
    bundle: (name) => `bundle ${name}`,
    fits: (form, devices, total) =>
      total === undefined ? `${form} fits on the processor` : `${form} fits on ${devices} of ${total} accelerators`,
    slow: 'to try it out: a processor is too slow for many people',
    people: (here, onAll) =>
      `for up to ${here} people at once${onAll === undefined ? '' : `, ${onAll} on all of them`}`,
    way: (form, entry, variant) => `${form} with ${entry} (${variant})`,
    doesNotFit: 'does not fit',
    memoryUnknown: 'the devices are right, but nobody knows how much memory they have',
    noRuntime: 'no runtime of the catalog serves it',
    memory: ({ usable, reserve, weights, overhead, room, needed }) =>
      `memory of each: ${usable} usable - ${reserve} left free - ${weights} weights - ${overhead} runtime = ${room} for the cache, ${needed} needed`,
    labels: {
      ...{ from: 'From', publisher: 'Publisher', licence: 'Licence', terms: 'Terms', use: 'Intended use' },
      ...{ forms: 'Form', variants: 'Variant', parts: 'Part', services: 'Service' },
    },
    notForDiagnosis: 'not for diagnosis',
    inLab: 'ran in the lab with simulated accelerators; not yet verified on this hardware',
  },
}

function perhaps(meant: string | undefined, known: readonly string[]): string {
  if (meant !== undefined) return `; did you mean "${meant}"?`
  return known.length === 0 ? '' : `; known: ${known.join(', ')}`
}

function orList(known: readonly string[]): string {
  return known.length === 1 ? `${known[0]}` : `one of ${known.join(', ')}`
}

function foundText({ type, shown }: Found): string {
  if (type === 'text') return `the text "${shown}"`
  if (type === 'number' || type === 'whole-number') return `the number ${shown}`
  if (type === 'nothing') return 'empty'
  return type === 'yes-no' ? shown : wantedTypes[type]
}

function hint({ type, shown }: Found, wanted: ValueType): string {
  if (wanted === 'text' && shown !== '') return `; write "${shown}" in quotes, as it is to be shown`
  if (wanted === 'list' && shown !== '')
    return `; write one word an item: [${shown.split(' ').map(itemText).join(', ')}]`
  if (type !== 'text') return ''
  if (wanted === 'yes-no' && /^(?:yes|no|on|off|y|n)$/i.test(shown)) return `; to YAML 1.2 "${shown}" is text`
  if (/^(?:\d+|true|false)$/.test(shown)) return '; write it without quotes'
  return ''
}

function rangeText({ least, most }: Range): string {
  if (least !== undefined && most !== undefined) return least === most ? `exactly ${least}` : `${least} to ${most}`
  return least === undefined ? `at most ${most}` : `at least ${least}`
}

function partText({ oneOf, least, most }: PatternPart): string {
  const [only = ''] = oneOf
  const isOne = oneOf.length === 1 && !/^.-.$/s.test(only)
  if (isOne && least === 1 && most === 1) return `"${only}"`
  const what = isOne ? `"${only}"` : oneOf.join(' ')
  if (most === undefined) return least === 0 ? `any number of ${what}` : `${least} or more of ${what}`
  if (least === most) return `${least === 1 ? 'one' : least} of ${what}`
  return least === 0 ? `up to ${most} of ${what}` : `${least} to ${most} of ${what}`
}
