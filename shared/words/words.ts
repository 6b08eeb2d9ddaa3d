// The sentences of the product, in one typed set per language: a failure, verdict, step or reason
// without a text does not compile. The core returns codes and data; only this folder makes sentences.
import type { ConnectFact, ConnectStepName } from '../domain/connect-step.ts'
import type { Facts } from '../domain/facts.ts'
import type { OwnKeyOutcome } from '../domain/own-key.ts'
import type { MemoryFit, PlanPurpose, StepKindName, StepReason } from '../domain/plan.ts'
import type { RootAct } from '../domain/root-act.ts'
import type { ConsoleRun } from '../domain/run.ts'
import type { RungName, VerdictReason, VerdictState } from '../domain/verdict.ts'
import type { AcceptanceWords } from './acceptance-words.ts'
import type { AlertWords } from './alert-words.ts'
import type { AuditWords } from './audit-words.ts'
import type { BackupWords } from './backup-words.ts'
import type { BenchWords } from './bench-words.ts'
import type { BundleWords } from './bundle-words.ts'
import type { CanaryWords } from './canary-words.ts'
import type { CatalogWords } from './catalog-words.ts'
import type { CautionWords } from './caution-words.ts'
import type { DeviceWords } from './device-words.ts'
import type { EvaluationWords } from './evaluation-words.ts'
import type { EvidenceWords } from './evidence-words.ts'
import type { FailureWords } from './failure-words.ts'
import type { IncidentWords } from './incident-words.ts'
import type { LogWords } from './log-words.ts'
import type { OperatorWords } from './operator-words.ts'
import type { PrivilegeWords } from './privilege-words.ts'
import type { PublisherWords } from './publisher-words.ts'
import type { RecorderWords } from './recorder-words.ts'
import type { RejectionWords } from './rejection-words.ts'
import type { RolloutWords } from './rollout-words.ts'
import type { SettingWords } from './setting-words.ts'
import type { SilenceWords } from './silence-words.ts'
import type { SupportWords } from './support-words.ts'
import type { TerminalWords } from './terminal-words.ts'
import type { UpdateWords } from './update-words.ts'
import type { UpkeepWords } from './upkeep-words.ts'
import type { VendorWords } from './vendor-words.ts'

export type Language = 'en' | 'zh-CN'

/** What the CLI says around results. */
export type CliWords = {
  readonly planFor: (solution: string, where: string) => string
  readonly planRenewal: (deployment: string, where: string) => string
  readonly planRollBack: (deployment: string, version: string, where: string) => string
  readonly planUninstall: (where: string) => string
  readonly unsigned: string
  /** Deployments that a plan says nothing of. */
  readonly otherDeployments: (names: string) => string
  readonly variantChosen: (service: string, variant: string) => string
  readonly notVerified: string
  /** Of the host's memory, or of the accelerators' own. */
  readonly memoryNeed: { readonly [W in MemoryFit['where']]: (need: string, available: string) => string }
  readonly instead: string
  readonly planSum: (changed: number, unchanged: number, upload: string) => string
  readonly blocked: string
  readonly packages: (driver: string, tool: string) => string
  readonly interrupts: string
  readonly changesPlaces: string
  readonly endsService: string
  readonly soak: (seconds: number) => string
  readonly frees: (bytes: string) => string
  /** An estimate, in seconds. */
  readonly takes: (seconds: number) => string
  readonly downtime: (seconds: number) => string
  /** Of a whole plan, and what estimates are based on. */
  readonly estimated: (seconds: number, downtimeSeconds: number) => string
  /** Names of the containers that stop. */
  readonly stops: (names: string) => string
  /** Of a service that is replaced: where its volumes are saved before. */
  readonly backsUp: (folder: string) => string
  /** Of an uninstall: volumes and folders with data of services. */
  readonly keepsData: (names: string) => string
  /** Of a plan that goes back to a kept version of a service with volumes. */
  readonly rollBackKeepsData: (folder: string) => string
  /** A saved name with its place. */
  readonly namedPlace: (name: string, place: string) => string
  /** What is opened at an address of the local network. */
  readonly opens: (place: string, services: string) => string
  /** Of apps that nobody beyond the appliance reaches. */
  readonly opensGuarded: (services: string) => string
  readonly opensUnguarded: (services: string) => string
  readonly notPublished: (services: string) => string
  /** Of an entry, by its name: these terms have to be accepted. */
  readonly licenceTerms: (name: string, spdx: string) => string
  /** Before the name of what runs as root, whose words follow. */
  readonly runsAsRoot: { readonly [K in RootAct['kind']]: string }
  readonly approve: string
  readonly waitingForLock: (holder: string, run?: string) => string
  readonly done: string
  readonly already: string
  readonly failed: string
  /** Rate and time left only where they are known. */
  readonly sent: (done: string, total: string, pace: { rate: string | undefined; leftMs: number | undefined }) => string
  /** Without a rate where there was too little of an answer, or all of it came at once. */
  readonly proof: (ttft: string, rate: string | undefined, tokens: number) => string
  /** A product with the memory of one. */
  readonly sized: (product: string, memory: string) => string
  /** Of a run that was stopped: changes that are done, and the next ones; `more`: beyond those that are named. */
  readonly halfDone: (half: {
    readonly done: number
    readonly of: number
    readonly next: string
    readonly more: number
  }) => string
  readonly goOnWith: string
  /** Of a model whose engine publishes no figures. */
  readonly withoutMetrics: string
  readonly guestsLeft: (guests: number) => string
  readonly hardware: { readonly [K in HardwareLabel]: string }
  /** Threads and model of a processor. */
  readonly processor: (threads: number, model: string) => string
  readonly none: string
  /** Before a check, or a step of a way: it passed, did not, or was not tried. */
  /** Whether root can be had there, as its row says it. */
  readonly privilegeOf: { readonly [P in Facts['privilege']]: string }
  readonly marks: { readonly [M in 'passed' | 'failed' | 'skipped']: string }
  /** How long a check took, in milliseconds. */
  readonly took: (milliseconds: number) => string
  /** "name: value", and several things after one another, in the language's own punctuation. */
  readonly pair: (name: string, value: string) => string
  readonly list: (parts: readonly string[]) => string
  readonly partOf: (name: string, service: string) => string
  /** Of facts that are a part, with the name of the system that is the reason. */
  readonly partialFacts: (system: string) => string
  readonly unreadable: (why: string) => string
  readonly stillToDo: (steps: string) => string
  /** Before bytes are sent from a computer that runs on a weak battery. */
  readonly weakBattery: (percent: number) => string
  readonly recorded: (answers: number, folder: string) => string
  readonly savedAs: (name: string) => string
  /** An appliance is not on the list any more. */
  readonly forgotten: (name: string) => string
  readonly watchedOnly: string
  /** After the first Ctrl-C in a run. */
  readonly stopping: string
  readonly skippedInConfig: (
    what: 'match' | 'proxy-command' | 'too-many-hops' | 'not-an-address',
    name: string,
  ) => string
  /** Before a password is typed unseen. */
  readonly typePassword: string
  readonly typeSudoPassword: string
  readonly typePassphrase: (file: string) => string
  /** About the watch helper: what is shown before it is installed, and what was done. */
  readonly helperFile: (path: string, mode: string, sha256: string) => string
  readonly helperInstalled: (user: string, version: string) => string
  readonly helperRemoved: string
}

/** What the CLI says about the vault. */
export type VaultWords = {
  readonly typePassphrase: string
  readonly typeNew: string
  readonly typeAgain: string
  readonly states: { readonly [S in 'none' | 'locked' | 'unlocked']: string }
  readonly protections: { readonly [P in 'passphrase' | 'keychain']: string }
  readonly kinds: { readonly [K in 'password' | 'private-key' | 'own-key' | 'signing-key' | 'client-secret']: string }
  readonly protection: string
  readonly entries: string
  readonly created: string
  readonly unlocked: string
  readonly locked: string
  readonly changed: string
  readonly removed: (id: string) => string
  /** After --save with a password. */
  readonly kept: string
  readonly usedBy: string
}

/** What became of the login until now, and of sudo, once Rackside's own key is in use. */
export type OwnKeyWords = {
  readonly installed: (name: string) => string
  readonly login: { readonly [L in OwnKeyOutcome['login']]: string }
  readonly sudo: { readonly [S in OwnKeyOutcome['sudo']]: string | undefined }
}

type FactAbout<A extends ConnectFact['about']> = Extract<ConnectFact, { about: A }>

/** What is said about the way to an appliance, step by step. */
export type ConnectWords = {
  readonly steps: { readonly [S in ConnectStepName]: string }
  readonly notTried: string
  readonly answers: (host: string, port: number) => string
  readonly hostKey: (fact: FactAbout<'host-key'>) => string
  readonly login: (user: string, method: string) => string
  readonly root: { readonly [H in FactAbout<'root'>['how']]: string }
  readonly shell: (fact: FactAbout<'shell'>) => string
  /** Wherever an appliance is used for which weak algorithms are accepted. */
  readonly weakAllowed: string
}

/** The stages of the demo's journey, as the CLI plays it. */
export type DemoStage =
  | 'create'
  | 'detect'
  | 'plan'
  | 'approve'
  | 'setup'
  | 'verify'
  | 'watch'
  | 'drill'
  | 'recover'
  | 'plan-again'
  | 'remove'

/** What the CLI says about demo appliances. */
export type DemoWords = {
  /** Every line begins with the word. */
  readonly line: (text: string) => string
  /** Behind a name: that it is a demo appliance. */
  readonly called: (name: string) => string
  readonly stages: { readonly [S in DemoStage]: string }
  readonly took: (line: string, seconds: string) => string
  readonly created: (name: string, preset: string) => string
  readonly approved: string
  readonly changed: (changed: number, unchanged: number, sent: string) => string
  readonly watched: (samples: number, devices: number, highestPercent: string) => string
  readonly removed: (name: string) => string
  readonly drills: string
  /** How a person logs in to it. */
  readonly reach: (address: { host: string; port: number; user: string }) => string
  /** It is kept, or was left behind: what it is good for, and how to get rid of it. */
  readonly stays: (name: string) => string
  /** Where its bundle lies, and what sets it up from there. */
  readonly bundle: (folder: string) => string
  readonly setUpWith: (command: string) => string
  readonly over: (seconds: string) => string
}

/** What the CLI says about the host keys that are kept. */
export type TrustWords = {
  readonly sources: { readonly compared: string; readonly imported: string; readonly rotated: string }
  readonly since: (time: string) => string
  readonly machine: (id: string) => string
  readonly noMachine: string
  readonly importedLine: string
  readonly revoked: string
  readonly trusted: (where: string, keyType: string, fingerprint: string) => string
  readonly replaced: (count: number) => string
  /** What trusts a changed key, once it was compared. */
  readonly ifCompared: (command: string) => string
  readonly forgotten: (where: string, count: number) => string
  /** Imported lines with a pattern go on covering it. */
  readonly stillImported: (count: number) => string
  readonly imported: (added: number, revoked: number, alreadyKnown: number) => string
  readonly unknownTypes: (count: number) => string
  readonly certAuthorities: (count: number) => string
  /** Before the host name is typed; it stands at the end of the line. */
  readonly typeHost: (host: string) => string
}

/** What the shells with a window say in the terminal that they were started in. */
export type ShellWords = {
  /** The address, with a browser on its way to it, or without one. */
  readonly opened: (url: string) => string
  readonly openByHand: (url: string) => string
  /** The address that was said before is used up. */
  readonly nextWindow: (url: string) => string
  /** Of a service that nobody sits in front of. */
  readonly serves: (origin: string) => string
  readonly servesNetwork: (origin: string) => string
  /** Before the text of a unit file. */
  readonly unitSteps: (unit: string) => readonly string[]
  /** Of one that is reached over the local network, before it is started. */
  readonly unitNetworkSteps: readonly string[]
  readonly unitStart: (unit: string) => string
  readonly browserFailed: string
  /** After the first Ctrl-C while a run goes on, or a rollout, also between its rings. */
  readonly goesOn: { readonly run: string; readonly rollout: string }
  /** The last line of all. */
  readonly ended: string
  /** After the reason why no desktop window opens. */
  readonly inBrowserInstead: string
  readonly fetching: string
  readonly fetched: (amount: string) => string
  readonly withoutSandbox: string
  /** Details of why the desktop window is not there. */
  readonly noWindow: (seconds: number) => string
  readonly runtimeMissing: (folder: string) => string
}

/** What the desktop window says outside its page: dialogs, the tray, notifications. */
export type DesktopWords = {
  readonly open: string
  readonly quit: string
  readonly noRun: string
  readonly severalRuns: (runs: number) => string
  /** A rollout goes on while none of its appliances is being set up. */
  readonly betweenRings: string
  /** `subject`: the solution or deployment; empty where everything is removed. */
  readonly run: {
    readonly [A in PlanPurpose['act']]: {
      readonly [K in ConsoleRun['state']]: (subject: string, where: string) => string
    }
  }
  /** When the last window is closed during a run. */
  readonly goesOn: { readonly title: string; readonly inTray: string; readonly minimized: string }
  readonly quitQuestion: {
    readonly message: (runs: number) => string
    readonly detail: string
    /** `waiting`: appliances whose turn has not come. */
    readonly rollout: {
      readonly message: (ends: { readonly runs: number; readonly waiting: number }) => string
      readonly detail: string
    }
    readonly keep: string
  }
  /** After a page broke and was loaded again; and the question when it breaks again and again. */
  readonly broke: {
    readonly title: string
    readonly body: string
    readonly message: string
    readonly detail: string
    readonly reload: string
  }
  readonly hangs: { readonly message: string; readonly detail: string; readonly wait: string }
  readonly chooseBundle: string
  readonly chooseBundleFile: string
  readonly saveFile: string
  readonly saveFiles: string
  readonly chooseKeyFile: string
  readonly notStarted: string
  readonly stopped: string
  readonly noPage: (folder: string) => string
}

export type HardwareLabel =
  | 'system'
  | 'processor'
  | 'memory'
  | 'disk'
  | 'engine'
  | 'accelerators'
  | 'driver'
  | 'deployments'
  | 'seenInside'
  | 'privilege'

/** Parts of a sentence about accelerators; `who` is names ("NPU 4") or a number of them. */
export type HardwareTroubleWords = {
  readonly answersBut: (said: string) => string
  readonly are: { readonly [K in 'critical' | 'alarm' | 'unreadable']: (who: string, count: number) => string }
  /** None of these was read; without a count nobody knows how many there are. */
  readonly unread: (kind: string, count: number | undefined) => string
  readonly many: (kind: string, count: number) => string
  readonly and: (parts: readonly string[]) => string
}

export type Words = {
  /** Which of an entry's own texts stand beside these. */
  readonly language: Language
  readonly acceptance: AcceptanceWords
  readonly alerts: AlertWords
  readonly incident: IncidentWords
  readonly cli: CliWords
  readonly catalog: CatalogWords
  readonly bundle: BundleWords
  readonly connect: ConnectWords
  readonly demo: DemoWords
  readonly evidence: EvidenceWords
  readonly vault: VaultWords
  readonly backup: BackupWords
  readonly update: UpdateWords
  readonly support: SupportWords
  readonly operators: OperatorWords
  readonly ownKey: OwnKeyWords
  readonly upkeep: UpkeepWords
  readonly trust: TrustWords
  readonly publishers: PublisherWords
  readonly vendor: VendorWords
  readonly bench: BenchWords
  readonly devices: DeviceWords
  readonly canary: CanaryWords
  readonly evaluation: EvaluationWords
  readonly recorder: RecorderWords
  readonly logs: LogWords
  readonly terminal: TerminalWords
  readonly audit: AuditWords
  readonly rollout: RolloutWords
  readonly shells: ShellWords
  readonly desktop: DesktopWords
  readonly failures: FailureWords
  readonly rejections: RejectionWords
  readonly settings: SettingWords
  readonly cautions: CautionWords
  readonly privileges: PrivilegeWords
  readonly verdicts: { readonly [K in VerdictState]: string }
  readonly verdictReasons: { readonly [K in VerdictReason]: string }
  readonly hardwareTroubles: HardwareTroubleWords
  readonly silences: SilenceWords
  readonly rungs: { readonly [K in RungName]: string }
  readonly probes: { readonly [S in 'passed' | 'failed']: (probe: string, at: string) => string }
  /** A step as an act: "Load the image llama-server". */
  readonly steps: { readonly [K in StepKindName]: (subject: string) => string }
  readonly stepReasons: { readonly [K in StepReason]: string }
}
