// What the help of the command line says: a text for every command and every option, typed by their names, so that
// one without a text does not compile. How commands and options belong together is the CLI's own table.
import type { FailureOf } from '../domain/failure.ts'

type Shell = 'start' | 'desktop' | 'web' | 'serve'
type Demo = 'demo' | 'demo list' | 'demo remove' | 'demo drill'
type Setup = 'detect' | 'record' | 'plan' | 'setup' | 'fleet' | 'status' | 'doctor' | 'probe' | 'bench' | 'connect'
type Acceptance = 'acceptance' | `acceptance ${'list' | 'show' | 'compare' | 'verify'}` | 'certificate verify'
type Upkeep =
  | 'published'
  | 'sign-ins'
  | 'certificate'
  | 'rollback'
  | 'drift'
  | 'runs'
  | 'uninstall'
  | 'history'
  | 'logs'
  | 'watch'
type Trust = 'trust' | `trust ${'forget' | 'list' | 'import' | 'export'}`
type Vault = 'vault' | `vault ${'status' | 'create' | 'change-passphrase' | 'list' | 'remove' | 'unlock' | 'lock'}`
type Backup = 'support' | `backup ${'write' | 'show' | 'restore'}`
type Update = `update ${'check' | 'take'}`
type Operators =
  | ('sign-in' | 'sign-out' | 'operators')
  | `operators ${'provider' | 'set-provider' | 'test-provider' | 'remove-provider' | 'bind' | 'unbind'}`
  | `operators ${'list' | 'begin' | 'add' | 'change' | 'remove' | 'unlock' | 'reset' | 'passphrase' | 'policy' | 'end' | 'recover'}`
type Approvals = 'approvals' | `approvals ${'list' | 'ask' | 'give' | 'refuse'}`
type Appliances = 'appliances' | `appliances ${'list' | 'forget'}`
type Publishers = 'publishers' | `publishers ${'list' | 'pin' | 'remove'}`
type Alerts =
  | 'alerts'
  | `alerts ${'list' | 'history' | 'show' | 'ack' | 'silence' | 'maintenance' | 'end' | 'channels' | 'set-channel' | 'remove-channel' | 'test'}`
type Audit = 'audit' | `audit ${'list' | 'show' | 'export' | 'verify' | 'checkpoint' | 'keep' | 'send-to'}`
type Catalog = `catalog ${'models' | 'show' | 'lint' | 'schema' | 'evidence'}`
type Bundle = `bundle ${'build' | 'pack' | 'list' | 'import' | 'verify' | 'inspect' | 'remove'}`
type Vendor = `vendor ${'init' | 'lint' | 'try' | 'pack' | 'sign' | 'verify' | 'rotate' | 'show'}`
type Canary = `canary ${'run' | 'list' | 'show' | 'accept'}`
type Evaluate = 'evaluate' | `evaluate ${'list' | 'sets' | 'show' | 'compare'}`
type Terminal = `terminal ${'recordings' | 'show'}`
type Recorder = `recorder ${'show' | 'fetch' | 'off'}`
type Watch = `watch-helper ${'show' | 'install' | 'remove'}`
export type CommandName =
  | Shell
  | Demo
  | Setup
  | Acceptance
  | Upkeep
  | Trust
  | Vault
  | Backup
  | Update
  | Operators
  | Approvals
  | Appliances
  | Publishers
  | Alerts
  | Audit
  | Watch
  | Recorder
  | Terminal
  | Canary
  | Evaluate
  | Catalog
  | Bundle
  | Vendor
  | 'import-ssh-config'
  | 'help'

type Login =
  | ('identity' | 'password-stdin' | 'password-fd' | 'key-passphrase-fd' | 'agent' | 'agent-key')
  | ('answers-fd' | 'sudo-password-fd' | 'jump' | 'jump-identity')
type Entering =
  | ('fingerprint' | 'weak-algorithms' | 'save' | 'use-once' | 'keep-for-sudo' | 'watch-only')
  | ('vault-passphrase-fd' | 'vault-passphrase-file')
type OfSome =
  | ('replay' | 'type-host' | 'new-passphrase-fd' | 'new-passphrase-file' | 'user' | 'preset' | 'keep' | 'take-over')
  | (
      | 'signature'
      | 'solution'
      | 'from'
      | 'out'
      | 'test'
      | 'replace'
      | 'to'
      | 'deployment'
      | 'delete-data'
      | 'accept'
      | 'all'
    )
  | (
      | 'canary'
      | 'window'
      | 'even-if-busy'
      | 'soak'
      | 'stop-first'
      | 'rotate-keys'
      | 'record'
      | 'record-alert'
      | 'publish'
      | 'set'
      | 'ignore-fit'
      | 'use-model'
      | 'take-from'
      | 'unset'
      | 'publish-name'
      | 'without-password'
      | 'show'
      | 'changed'
      | 'certificate'
      | 'renew'
      | 'key'
      | 'limit-mbit'
      | 'yes'
      | 'allow-root'
      | 'accept-licence'
      | 'allow-privilege'
      | 'accept-expired'
      | 'accept-clock'
      | 'type-name'
    )
type OfCatalog = 'context' | 'users' | 'against' | 'catalog' | 'for' | 'hardware' | 'sources' | 'part-size'
type OfBench =
  | ('concurrency' | 'slo-ttft' | 'slo-tpot' | 'input' | 'output' | 'seconds')
  | ('same-prompt' | 'seed' | 'list' | 'compare' | 'devices' | 'with-answers' | 'limit' | 'resume')
type OfHistory = 'series' | 'since' | 'until' | 'format' | 'follow' | 'tail'
type OfAudit = 'who' | 'appliance' | 'act' | 'before' | 'checkpoint' | 'copy'
type OfVendor =
  | ('with' | 'into' | 'keep-names')
  | ('passphrase-fd' | 'passphrase-file' | 'publisher-id' | 'publisher-name')
  | ('keys' | 'app' | 'valid-days' | 'root-too' | 'at-least')
type OfOperators =
  | ('role' | 'grant-publisher' | 'grant-appliance' | 'idle-minutes' | 'longest-hours' | 'two-persons')
  | ('note' | 'digest' | 'client-id' | 'client-secret-fd' | 'client-secret-file' | 'authority')
type OfShells =
  | ('port' | 'import' | 'no-open' | 'unit' | 'metrics-token-file')
  | ('address' | 'tls-name' | 'tls-certificate' | 'tls-key')
export type OptionName =
  | Login
  | Entering
  | OfSome
  | OfCatalog
  | OfHistory
  | OfBench
  | OfVendor
  | OfAudit
  | OfOperators
  | OfShells
  | 'json'
  | 'lang'
  | 'help'
  | 'version'

/** What follows a name on the command line, and what it is good for; further lines of a text begin with a line end. */
export type HelpRow = readonly [form: string, text: string]

export type HelpWords = {
  readonly title: string
  /** Several rows where a command does several things. */
  readonly commands: { readonly [C in CommandName]: readonly HelpRow[] }
  readonly options: { readonly [O in OptionName]: HelpRow }
  /** What APPLIANCE stands for. */
  readonly appliance: string
  readonly exitCodes: string
  /** Where to find the options that every command about an appliance has. */
  readonly more: string
  /** Above what one types. */
  readonly example: string
  /** Under the commands of every day: where the others are. */
  readonly rest: string
}

export type UsageWords = { readonly [P in FailureOf<'usage'>['problem']]: (failure: FailureOf<'usage'>) => string }
