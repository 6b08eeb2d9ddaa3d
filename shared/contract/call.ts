// The form every call of the contract has: what it does (effect), who may do it (right), and what the
// audit line is called. A call without these does not compile. Validation of input and output and the
// two kinds of stream come from oRPC, and this is the only file of the contract that knows it.
import { type ContractProcedure, eventIterator, oc, type Schema } from '@orpc/contract'
import type * as z from 'zod'
import { type Result, resultOf } from '../domain/failure.ts'
import type { Right } from '../domain/role.ts'

/** What an audit line is called. A name of its own for each, so that "none" is not one of them. */
export type AuditedAct =
  | 'appliance-save'
  | 'appliance-forget'
  | 'host-key-trust'
  | 'host-key-retrust'
  | 'host-key-forget'
  | 'known-hosts-import'
  | 'plan-apply'
  | 'run-cancel'
  | 'acceptance-run'
  | 'acceptance-stop'
  | 'bench-run'
  | 'bench-stop'
  | 'canary-run'
  | 'canary-stop'
  | 'canary-accept'
  | 'evaluation-run'
  | 'evaluation-resume'
  | 'evaluation-stop'
  | 'evaluation-set-take'
  | 'evaluation-set-open'
  | 'uninstall'
  | 'drift-accept'
  | 'secret-show'
  | 'sign-in-confirm'
  | 'certificate-give'
  | 'rollout-apply'
  | 'rollout-cancel'
  | 'demo-create'
  | 'demo-remove'
  | 'demo-drill'
  | 'vault-create'
  | 'vault-create-in-keychain'
  | 'vault-unlock'
  | 'vault-lock'
  | 'vault-passphrase-change'
  | 'credential-keep'
  | 'credential-remove'
  | 'backup-write'
  | 'support-gather'
  | 'own-key-install'
  | 'watch-helper-install'
  | 'watch-helper-remove'
  | 'recorder-remove'
  | 'terminal-open'
  | 'bundle-import'
  | 'bundle-import-stop'
  | 'bundle-remove'
  | 'publisher-pin'
  | 'publisher-remove'
  | 'alert-acknowledge'
  | 'alert-silence'
  | 'alert-silence-end'
  | 'alert-channel-set'
  | 'alert-channel-remove'
  | 'alert-channel-test'
  | 'alert-rule-set'
  | 'alert-policy-set'
  | 'audit-retention-set'
  | 'audit-syslog-set'
  | 'audit-folder-set'
  | 'audit-checkpoint'
  | 'audit-export'
  | 'audit-export-to'
  | 'operators-begin'
  | 'operators-end'
  | 'operator-add'
  | 'operator-change'
  | 'operator-remove'
  | 'operator-unlock'
  | 'operator-passphrase-reset'
  | 'operator-passphrase-change'
  | 'operators-policy-set'
  | 'provider-set'
  | 'provider-sign-in'
  | 'provider-step-up'
  | 'provider-test'
  | 'provider-remove'
  | 'operator-bind'
  | 'operator-unbind'
  | 'sign-in'
  | 'sign-out'
  | 'step-up'
  | 'approval-ask'
  | 'approval-give'
  | 'approval-refuse'

/** Of several, any one of them. */
export type AskedRight = Right | readonly Right[]

/** A read leaves no trace on an appliance; a change or destructive act names its audit line, or the act that it is a part of. */
export type CallMeta =
  | { readonly effect: 'read'; readonly right: AskedRight; readonly audit: 'none' }
  | {
      readonly effect: 'change' | 'destructive'
      readonly right: AskedRight
      readonly audit: AuditedAct
      /** Whoever does it types their passphrase once more, as for what destroys: it decides what others may do, or shows a secret. */
      readonly asksAgain?: true
      /** Fields of the input that are secrets: the audit line is written without them. */
      readonly hides?: readonly string[]
    }
  | {
      readonly effect: 'change'
      readonly right: AskedRight
      readonly audit: 'none'
      /** It carries on an act whose line stands already, and works with nothing else: a key that is pressed has no line. */
      readonly within: AuditedAct
    }

/** `log`: every item arrives, a slow reader slows the source. `latest`: only the newest item counts, drops are counted. */
export type StreamKind = 'log' | 'latest'

export type ContractMeta = { readonly call?: CallMeta; readonly stream?: StreamKind }

const base = oc.$meta<ContractMeta>({})

/**
 * What a call is to the compiler: what goes in and what comes out, not how it is checked. With the schemas themselves
 * in it, every call repeats every failure, and the types of the contract take longer to check than all the rest.
 */
type Procedure<InputSent, InputTaken, OutputGiven, OutputSeen> = ContractProcedure<
  Schema<InputSent, InputTaken>,
  Schema<OutputGiven, OutputSeen>,
  Record<never, never>,
  ContractMeta
>

type Items<T> = AsyncIteratorObject<T, unknown, void>

/** A call that answers once, with a Result. */
export function call<I extends z.ZodType, O extends z.ZodType>(
  meta: CallMeta,
  input: I,
  output: O,
): Procedure<z.input<I>, z.output<I>, Result<z.input<O>>, Result<z.output<O>>> {
  const result: unknown = resultOf(output)
  return base
    .meta({ call: meta })
    .input(input)
    .output(result as Schema<Result<z.input<O>>, Result<z.output<O>>>)
}

/** A call that answers with a stream of items. */
export function streamCall<I extends z.ZodType, O extends z.ZodType>(
  meta: CallMeta,
  stream: StreamKind,
  input: I,
  item: O,
): Procedure<z.input<I>, z.output<I>, Items<z.input<O>>, Items<z.output<O>>> {
  return base.meta({ call: meta, stream }).input(input).output(eventIterator(item))
}
