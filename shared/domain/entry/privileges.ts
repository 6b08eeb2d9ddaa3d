// The privileges that a variant declares, each with a reason that a person understands.
import * as z from 'zod'
import { grants, privilegeName } from '../privilege.ts'
import type { SchemaRule } from '../schema-rule.ts'
import { localizedText } from './entry-text.ts'

const why = { why: localizedText }

export const declaredPrivilege = z.discriminatedUnion('kind', [
  grants.capability.extend(why),
  grants.writableRoot.extend(why),
  grants.user.extend(why),
  grants.hostPath.extend(why),
  grants.hostIpc.extend(why),
  grants.hostNetwork.extend(why),
  grants.privileged.extend(why),
])
export type DeclaredPrivilege = z.infer<typeof declaredPrivilege>

export const declaredPrivileges = z.array(declaredPrivilege).min(1).max(30).superRefine(checkPrivileges)

function checkPrivileges(all: readonly DeclaredPrivilege[], context: z.RefinementCtx): void {
  const names = all.map(privilegeName)
  const targets = all.map((one) => (one.kind === 'host-path' ? one.target : undefined))
  for (const [at, name] of names.entries()) {
    const isTwice = names.indexOf(name) < at || (targets[at] !== undefined && targets.indexOf(targets[at]) < at)
    if (isTwice) complain(context, [at], { rule: 'name-twice', name })
  }
}

type Declaring = {
  readonly kind: string
  readonly requires?: readonly string[]
  readonly parts?: readonly object[] | undefined
  readonly variants: readonly { readonly privileges?: readonly DeclaredPrivilege[] | undefined }[]
}

/** In the network of the host nobody finds it by its name, and it finds nobody. */
export function hostNetworkAlone(
  { kind, requires = [], parts = [], variants }: Declaring,
  context: z.RefinementCtx,
): void {
  if (kind === 'app' && requires.length === 0 && parts.length === 0) return
  for (const [at, { privileges = [] }] of variants.entries()) {
    const place = privileges.findIndex((one) => one.kind === 'host-network')
    if (place >= 0) complain(context, ['variants', at, 'privileges', place, 'kind'], { rule: 'host-network-alone' })
  }
}

function complain(context: z.RefinementCtx, path: (string | number)[], rule: SchemaRule): void {
  context.addIssue({ code: 'custom', path, message: rule.rule, params: rule })
}
