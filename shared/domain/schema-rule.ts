// Rules of a schema that no form can say, as data: a schema names the rule that was broken, and shared/words has its
// sentence.
import * as z from 'zod'

const text = z.string().max(400)

export const schemaRule = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('printable') }),
  z.strictObject({ rule: z.literal('printable-lines') }),
  z.strictObject({ rule: z.literal('no-nul') }),
  z.strictObject({ rule: z.literal('unknown-variable'), name: text.optional(), known: z.array(text) }),
  z.strictObject({ rule: z.literal('no-such-secret'), known: z.array(text) }),
  z.strictObject({ rule: z.literal('an-image') }),
  z.strictObject({ rule: z.literal('ready-path-by-http') }),
  z.strictObject({ rule: z.literal('layers-add-up') }),
  z.strictObject({ rule: z.literal('service-name-twice'), name: text }),
  z.strictObject({ rule: z.literal('port-twice'), name: text, port: z.int() }),
  z.strictObject({ rule: z.literal('no-such-model-service'), name: text }),
  z.strictObject({ rule: z.literal('one-address') }),
  z.strictObject({ rule: z.literal('no-such-app-service'), name: text }),
  z.strictObject({ rule: z.literal('no-such-gateway'), name: text }),
  z.strictObject({ rule: z.literal('no-such-service'), name: text }),
  z.strictObject({ rule: z.literal('through-needs-model') }),
  z.strictObject({ rule: z.literal('one-model-asked') }),
  z.strictObject({ rule: z.literal('installed-as-its-service'), name: text }),
  z.strictObject({ rule: z.literal('asked-too-early'), name: text }),
  z.strictObject({ rule: z.literal('model-not-behind'), name: text, gateway: text }),
  z.strictObject({ rule: z.literal('name-twice'), name: text }),
  z.strictObject({ rule: z.literal('name-taken'), name: text }),
  z.strictObject({ rule: z.literal('folder-taken'), folders: z.array(text) }),
  z.strictObject({ rule: z.literal('volume-name-twice'), name: text }),
  z.strictObject({ rule: z.literal('volume-inside-volume'), name: text, target: text }),
  z.strictObject({ rule: z.literal('own-folder') }),
  z.strictObject({ rule: z.literal('word-twice') }),
  z.strictObject({ rule: z.literal('setting-unused'), name: text }),
  z.strictObject({ rule: z.literal('setting-default') }),
  z.strictObject({ rule: z.literal('setting-characters') }),
  z.strictObject({ rule: z.literal('setting-least-above-most') }),
  z.strictObject({ rule: z.literal('single-brace'), name: text }),
  z.strictObject({ rule: z.literal('secret-unused'), name: text }),
  z.strictObject({ rule: z.literal('stored-where') }),
  z.strictObject({ rule: z.literal('a-date') }),
  z.strictObject({ rule: z.literal('an-address') }),
  z.strictObject({ rule: z.literal('a-folder') }),
  z.strictObject({ rule: z.literal('host-network-alone') }),
  z.strictObject({ rule: z.literal('rerank-both-ways'), interfaceName: text }),
])
export type SchemaRule = z.infer<typeof schemaRule>

/** For `refine`: what it says of itself when it is broken. */
export function says(rule: SchemaRule): { error: string; params: SchemaRule } {
  return { error: rule.rule, params: rule }
}

/** Of a pattern whose own text says nothing to people: its issue has no room but for a message. */
export type FormRule = 'a-date' | 'an-address' | 'a-folder'

export function formRuleOf(message: string): SchemaRule | undefined {
  return ['a-date', 'an-address', 'a-folder'].includes(message) ? schemaRule.parse({ rule: message }) : undefined
}

/** The rule that an issue of a schema names. */
export function ruleOf(issue: object): SchemaRule | undefined {
  return 'params' in issue ? schemaRule.safeParse(issue.params).data : undefined
}
