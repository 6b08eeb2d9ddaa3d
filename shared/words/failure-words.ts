// The sentences about failures, by who says them: one file of a language for each group.
import type { FailureKind, FailureOf } from '../domain/failure.ts'

/** What happened and where, and what to do next. */
export type FailureText = { readonly what: string; readonly next: string }

export type FailureWords = { readonly [K in FailureKind]: (failure: FailureOf<K>) => FailureText }

/** Those of the vault, the keychain and files with secrets. */
export type VaultFailureWords = Pick<
  FailureWords,
  'credential-in-use' | 'keychain-unusable' | 'secret-file-unusable' | Extract<FailureKind, `vault-${string}`>
>

/** Those of a console that is served over the local network. */
export type ServingFailureWords = Pick<FailureWords, 'serving-refused' | 'serving-not-now'>

/** Those of backups of this console. */
export type BackupFailureWords = Pick<FailureWords, 'restore-refused' | Extract<FailureKind, `backup-${string}`>>

/** Those of updates of Rackside itself. */
export type UpdateFailureWords = Pick<FailureWords, Extract<FailureKind, `update-${string}`>>

/** Those of who made a bundle. */
export type PublisherFailureWords = Pick<
  FailureWords,
  | 'bundle-not-trusted'
  | 'bundle-expired'
  | 'deployment-of-other'
  | Extract<FailureKind, `publisher-${string}` | `vendor-${string}`>
>

/** Those of plans and runs. */
export type RunFailureWords = Pick<
  FailureWords,
  | Extract<FailureKind, `plan-${string}` | `version-${string}` | `task-${string}`>
  | (
      | 'approval-needed'
      | 'root-not-allowed'
      | 'licence-not-accepted'
      | 'opening-not-agreed'
      | 'run-in-progress'
      | 'console-busy'
      | 'lock-lost'
      | 'disk-full'
      | 'artifact-damaged'
      | 'step-failed'
      | 'not-ready'
    )
>

/** Those of bundles that are made, checked and imported. */
export type BundleFailureWords = Pick<
  FailureWords,
  | 'container-unusable'
  | 'bundle-incomplete'
  | 'bundle-not-kept'
  | 'image-refused'
  | 'source-failed'
  | 'build-incomplete'
>

/** Those of the key that Rackside makes for an appliance. */
export type OwnKeyFailureWords = Pick<FailureWords, 'key-not-accepted' | 'login-keys-unwritable'>

/** Those of rollouts, and of services that are not interrupted. */
export type RolloutFailureWords = Pick<
  FailureWords,
  'service-busy' | 'rollout-unknown' | 'same-machine' | 'canary-left-out'
>
/** Those of steps that change the system itself. */
export type HostFailureWords = Pick<
  FailureWords,
  | 'certificate-unusable'
  | 'engine-missing'
  | 'host-object-unusable'
  | 'host-folder-missing'
  | 'links-refused'
  | 'package-manager-busy'
  | 'reboot-needed'
>

/** Those of the site's identity provider. */
export type ProviderFailureWords = Pick<
  FailureWords,
  'provider-unusable' | 'provider-sign-in-refused' | 'subject-unknown'
>

/** Those of who uses a console, and of what they may. */
export type OperatorFailureWords = Pick<
  FailureWords,
  | Extract<FailureKind, `sign-in-${string}` | `not-${'permitted' | 'granted'}`>
  | ('passphrase-change-needed' | 'step-up-needed' | 'second-person-needed' | 'operator-unusable')
  | ('provider-unusable' | 'provider-sign-in-refused' | 'subject-unknown')
>
