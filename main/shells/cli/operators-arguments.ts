// Reads what comes after "operators", "approvals", "sign-in" and "sign-out" on the command line.
import { approvalSubject } from '../../../shared/domain/approval.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { type Grant, grant, heldRoles, operatorName, operatorsPolicy } from '../../../shared/domain/operator.ts'
import type { Role } from '../../../shared/domain/role.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'
import { isProviderAct, type ProviderAct, readProviderLine } from './provider-arguments.ts'
import { type SecretSource, secretSource } from './vault-arguments.ts'

type Duties = { readonly roles: Role[]; readonly grant?: Grant }

type OperatorAct =
  | { readonly act: 'list' | 'end' | 'sign-out' }
  | {
      readonly act: 'sign-in' | 'begin' | 'reset' | 'recover'
      readonly name: string
      readonly passphrase: SecretSource
    }
  | ({ readonly act: 'add'; readonly name: string; readonly passphrase: SecretSource } & Duties)
  | ({ readonly act: 'change'; readonly name: string } & Duties)
  | { readonly act: 'remove' | 'unlock'; readonly name: string }
  | { readonly act: 'passphrase'; readonly passphrase: SecretSource; readonly newPassphrase: SecretSource }
  | {
      readonly act: 'policy'
      readonly idleMinutes?: number
      readonly longestHours?: number
      readonly twoPersons?: boolean
    }

export type OperatorsInvocation = { readonly verb: 'operators' } & (OperatorAct | ProviderAct)
export type ApprovalsInvocation = { readonly verb: 'approvals' } & (
  | { readonly act: 'list' }
  | { readonly act: 'ask' | 'refuse'; readonly subject: string; readonly note?: string }
  | { readonly act: 'give'; readonly subject: string; readonly digest: string }
)

const verb = 'operators'

export function readOperatorsLine(
  act: string,
  rest: readonly string[],
  values: OptionValues,
): Result<OperatorsInvocation> {
  if (isProviderAct(act)) return readProviderLine(act, rest, values)
  const [word] = rest
  if (act === 'list' || act === 'end' || act === 'sign-out') return ok({ verb, act })
  const passphrase = secretSource(values['passphrase-fd'], values['passphrase-file'])
  if (!passphrase.ok) return passphrase
  if (act === 'policy') return readPolicy(values)
  if (act === 'passphrase') {
    const next = secretSource(values['new-passphrase-fd'], values['new-passphrase-file'])
    return next.ok ? ok({ verb, act, passphrase: passphrase.value, newPassphrase: next.value }) : next
  }
  const name = operatorName.safeParse(word?.normalize('NFKC'))
  const command = act === 'sign-in' ? act : `operators ${act}`
  if (!name.success) return usage('operator-needed', command)
  const about = { verb, name: name.data } as const
  if (act === 'remove' || act === 'unlock') return ok({ ...about, act })
  if (act === 'add' || act === 'change') {
    const duties = readDuties(values, command)
    if (!duties.ok) return duties
    if (act === 'change') return ok({ ...about, act, ...duties.value })
    return ok({ ...about, act, ...duties.value, passphrase: passphrase.value })
  }
  return ok({ ...about, act: act as 'sign-in' | 'begin' | 'reset' | 'recover', passphrase: passphrase.value })
}

function readDuties(values: OptionValues, command: string): Result<Duties> {
  const roles = heldRoles.safeParse(values.role ?? [])
  if (!roles.success) return usage('role-needed', command)
  const [publishers, appliances] = [values['grant-publisher'] ?? [], values['grant-appliance'] ?? []]
  if (publishers.length + appliances.length === 0) return ok({ roles: roles.data })
  const given = grant.safeParse({ publishers, appliances })
  return given.success ? ok({ roles: roles.data, grant: given.data }) : usage('not-a-grant', command)
}

function readPolicy(values: OptionValues): Result<OperatorsInvocation> {
  const wanted = operatorsPolicy.partial().safeParse({
    ...(values['idle-minutes'] !== undefined && { idleMinutes: Number(values['idle-minutes']) }),
    ...(values['longest-hours'] !== undefined && { longestHours: Number(values['longest-hours']) }),
    ...(values['two-persons'] !== undefined && { twoPersons: isOn(values['two-persons']) }),
  })
  if (!wanted.success) return usage('operators-policy', 'operators policy')
  const { idleMinutes, longestHours, twoPersons } = wanted.data
  return ok({
    ...{ verb, act: 'policy' },
    ...(idleMinutes !== undefined && { idleMinutes }),
    ...(longestHours !== undefined && { longestHours }),
    ...(twoPersons !== undefined && { twoPersons }),
  })
}

/** Undefined: neither word. */
function isOn(word: string): boolean | 'neither' {
  if (word === 'on') return true
  return word === 'off' ? false : 'neither'
}

export function readApprovalsLine(
  act: string | undefined,
  [word]: readonly string[],
  values: OptionValues,
): Result<ApprovalsInvocation> {
  if (act === undefined || act === 'list') return ok({ verb: 'approvals', act: 'list' })
  const subject = approvalSubject.safeParse(word)
  if (!subject.success) return usage('plan-needed', `approvals ${act}`)
  const about = { verb: 'approvals', subject: subject.data } as const
  if (act === 'give') {
    const { digest } = values
    return digest === undefined ? usage('digest-needed', 'approvals give') : ok({ ...about, act, digest })
  }
  return ok({ ...about, act: act as 'ask' | 'refuse', ...(values.note !== undefined && { note: values.note }) })
}
