// Every expected error as plain data: the only error vocabulary between core and shells. A new kind
// is one line here; the compiler then lists every shell that must word it. Bugs throw instead.
import * as z from 'zod'
import { deliveryProblem } from './alert-channel.ts'
import { bundlePiece, imageProblem } from './bundle-piece.ts'
import { rejectedVariant } from './choice.ts'
import { cleanText } from './clean-text.ts'
import { providerProblem, providerRefusal } from './identity-provider.ts'
import { operatorProblem, signInEnd } from './operator.ts'
import { untrustedProblems } from './publisher.ts'
import { right } from './role.ts'
import { servingObstacle, servingProblem } from './serving-problem.ts'
import { settingLimit } from './setting.ts'
import { taskOutcome, taskRole } from './task-step.ts'
import { updateReason } from './update-reason.ts'
import { usageProblem } from './usage-problem.ts'

/** Cut and cleaned, never refused: a failure must arrive, whatever is in its evidence. */
const text = z.string().overwrite((t) => cleanText(t).slice(0, 2000))
const count = z.number()
const place = { host: text, port: z.int() }

function kind<K extends string, S extends z.ZodRawShape>(name: K, shape: S) {
  return z.strictObject({ kind: z.literal(name), ...shape })
}

const unfitPackage = {
  against: z.enum(['architecture', 'system', 'artifact', 'installed']),
  needs: text,
  has: text,
}

export const failure = z.discriminatedUnion('kind', [
  // connect
  kind('host-unresolved', { host: text }),
  kind('host-unreachable', { ...place, reason: z.enum(['refused', 'timeout', 'no-route', 'reset', 'other']) }),
  kind('host-key-unknown', { ...place, keyType: text, fingerprint: text }),
  kind('host-key-changed', { ...place, keyType: text, pinned: text, offered: text }),
  kind('host-key-mismatch', { ...place, keyType: text, given: text, offered: text }),
  /** One that an imported list of known hosts calls revoked: never accepted, whatever is pinned. */
  kind('host-key-revoked', { ...place, keyType: text, fingerprint: text }),
  /** The right host key, and another machine behind it than the one it was pinned for. */
  kind('other-machine', { ...place, knownMachine: text, foundMachine: text }),
  kind('login-refused', { ...place, user: text, methodsOffered: z.array(text) }),
  kind('identity-unusable', {
    file: text,
    reason: z.enum(['missing', 'unreadable', 'not-a-key', 'encrypted', 'passphrase-wrong']),
  }),
  /** The server asks what one password does not answer: say it again with the answers, in this order. */
  kind('login-questions', {
    ...place,
    user: text,
    questions: z.array(z.strictObject({ text, hidden: z.boolean() })),
  }),
  kind('agent-unusable', { reason: z.enum(['no-agent', 'no-keys', 'silent']), detail: text }),
  /** The jump host is up, and does not get through to what lies behind it. */
  kind('jump-refused', { ...place, through: text, detail: text }),
  /**
   * Rackside's own key was written to the appliance, and a login with it does not work; `path`: the folder that others
   * can write, where that is the reason. `lineLeft`: the line could not be taken back.
   */
  kind('key-not-accepted', {
    ...{ ...place, user: text, path: text, lineLeft: z.boolean() },
    reason: z.enum(['no-key-logins', 'folder-open', 'more-asked', 'refused']),
  }),
  /** The file of login keys there is left as it is. */
  kind('login-keys-unwritable', {
    ...{ ...place, user: text, path: text, detail: text },
    reason: z.enum(['no-home', 'symlink', 'not-a-file', 'not-owned', 'read-only', 'locked', 'other']),
  }),
  /** `detail` names what it has where nothing matched; `weakWouldDo`: the opt-in for this appliance would help. */
  kind('algorithms-refused', {
    ...place,
    detail: text,
    ...{ kex: z.array(text), hostKey: z.array(text), cipher: z.array(text), mac: z.array(text) },
    weakWouldDo: z.boolean(),
  }),
  kind('link-lost', { ...place, during: text }),
  kind('deadline-passed', { what: text, seconds: count }),
  kind('sudo-refused', {
    user: text,
    reason: z.enum(['password-needed', 'password-wrong', 'tty-needed', 'not-allowed', 'not-installed', 'other']),
    detail: text,
  }),
  /** What was asked for needs root, and this appliance is only watched. */
  kind('watch-only', {}),
  /** There is a recording in the place of the appliance: it can be looked at, and nothing else. */
  kind('replay-only', {}),
  kind('replay-unknown', {}),
  kind('recording-unusable', {
    folder: text,
    reason: z.enum(['missing', 'unreadable', 'not-a-recording', 'not-empty', 'unwritable']),
  }),
  kind('watch-helper-missing', { user: text, detail: text }),
  kind('shell-unusable', { detail: text }),
  kind('forwarding-refused', { port: z.int(), sshdLine: text, relaysTried: z.array(text) }),
  kind('http-failed', { port: z.int(), detail: text }),
  // facts
  kind('facts-unreadable', { detail: text }),
  /** This computer is meant, and runs no Linux: a part of its facts is all there is to be had. `platform`: Node's word. */
  kind('linux-needed', { platform: text }),
  // catalog and bundle
  kind('bundle-unusable', { folder: text, problem: text }),
  kind('bundle-unknown', { bundleId: text }),
  kind('catalog-invalid', { file: text, line: z.int().nonnegative(), problem: text }),
  kind('solution-unknown', { solution: text, known: z.array(text) }),
  kind('entry-unknown', { entry: text, neededBy: text }),
  /** Somebody vouches for it whom nobody here has trusted yet. */
  kind('publisher-unknown', { publisher: text, name: text, fingerprint: text, bundleId: text }),
  /** The same publisher's name, and keys that those trusted here do not lead to. */
  kind('publisher-key-changed', { publisher: text, name: text, pinned: text, offered: text }),
  kind('publisher-key-mismatch', { publisher: text, name: text, given: text, offered: text }),
  kind('publisher-not-pinned', { publisher: text, known: z.array(text) }),
  /** `file`: inside the folder; empty where it is about the whole. */
  kind('bundle-not-trusted', { folder: text, problem: z.enum(untrustedProblems), file: text, detail: text }),
  /** What its publisher vouched for until then: somebody has to say that it is wanted all the same. */
  kind('bundle-expired', { publisher: text, expires: text }),
  /** What is made for the demo is never put on a server that somebody means to use. */
  kind('bundle-for-demo', { bundleId: text }),
  /** A bundle in one file or in parts. */
  kind('container-unusable', { file: text, problem: text }),
  /** What there is of it is kept: it goes on when these come. */
  kind('bundle-incomplete', { name: text, pieces: z.array(bundlePiece.pick({ file: true, problem: true })) }),
  /** Only what was imported into the console's own folder is taken away from it. */
  kind('bundle-not-kept', { bundleId: text }),
  /** An image archive of a bundle that no engine here is given. `detail`: English, for who made it. */
  kind('image-refused', { artifact: text, problem: imageProblem, detail: text }),
  kind('source-failed', { artifact: text, source: text, detail: text }),
  /** Of a bundle that is made: what no source was named for, or what its plan would still miss. */
  kind('build-incomplete', { solution: text, artifacts: z.array(text) }),
  /** What somebody who delivers apps wrote: `path` is a file or a folder, `detail` in English where there is more to say. */
  kind('vendor-project-unusable', {
    path: text,
    problem: z.enum([
      ...(['missing', 'unreadable', 'invalid', 'unwritable', 'not-empty', 'no-keys'] as const),
      ...(['not-packed', 'packed-for-other', 'changed-since', 'busy', 'other-key', 'out-exists'] as const),
    ]),
    detail: text,
  }),
  /** Or somebody changed the file: which of the two it is nobody can tell. */
  kind('publisher-passphrase-wrong', { file: text }),
  // plan: a blocker is a failure too
  /** `packages`: those of the bundle that bring one, each with what stands against it here. */
  kind('engine-missing', {
    podman: text.optional(),
    packages: z.array(z.strictObject({ package: text, ...unfitPackage })).optional(),
  }),
  kind('engine-unreadable', { detail: text }),
  /** `services`: those of the system that the plan would have to start. */
  kind('systemd-missing', { services: z.array(text) }),
  kind('fact-missing', { fact: text, why: text }),
  kind('no-variant-fits', { entry: text, rejected: z.array(rejectedVariant) }),
  kind('artifact-missing', { artifact: text, neededBy: text }),
  kind('memory-too-small', { entry: text, needBytes: count, availableBytes: count }),
  kind('disk-too-small', { path: text, needBytes: count, freeBytes: count }),
  /** Its filesystem has room for bytes, and not for so many files more. */
  kind('too-few-inodes', { path: text, neededFiles: count, freeFiles: count }),
  /** `free`: one that could be chosen in its place. */
  kind('port-taken', { port: z.int(), by: text, neededBy: text, free: z.int().optional() }),
  /** One that somebody chose. `by`: the service that has it; `needs`: the one that it has to be. */
  kind('port-unusable', {
    reason: z.enum(['no-service', 'twice', 'host-network']),
    ...{ service: text, port: z.int() },
    ...{ known: z.array(text).optional(), by: text.optional(), needs: z.int().optional() },
  }),
  kind('plan-unknown', { planId: text }),
  kind('plan-outdated', { differences: z.array(text) }),
  /** Another publisher installed it: it is taken over only where somebody names that one. `publisher`: empty where nobody vouches.
   * `owner`: empty where nobody is known to have installed it, which a rollout does not take over. */
  kind('deployment-of-other', {
    owner: text,
    ownerName: text,
    fingerprint: text,
    publisher: text,
    deployments: z.array(text),
  }),
  /** A version that is kept, and what it is made of is not: `part` is an image's digest or a file. */
  kind('version-incomplete', { deployment: text, version: text, part: text }),
  /** Its publisher has taken this version back. */
  kind('version-blocked', {
    ...{ entry: text, version: text, publisher: text, since: text },
    reason: z.strictObject({ en: text, 'zh-CN': text }),
  }),
  kind('version-unknown', { deployment: text, version: text, known: z.array(text) }),
  kind('approval-needed', {}),
  /** `acts`: names of what would run as root, as whoever approves the plan has to repeat them. */
  kind('root-not-allowed', { acts: z.array(text) }),
  /** Names as they are accepted by. */
  /** What would be opened to the local network, as address and port. */
  kind('opening-not-agreed', { openings: z.array(text) }),
  /** What containers would get beyond their limits, by the names that somebody agrees to. */
  kind('privilege-not-agreed', { privileges: z.array(text) }),
  /** A value of a setting that its entry does not allow, or of a setting that is not there. */
  kind('setting-invalid', { service: text, setting: text, value: text, limit: settingLimit }),
  /**
   * Which installed model an app is to ask cannot be told. `deployment`: the one that was named, or that it uses now;
   * `known`: those that serve it, or of `no-service` the services that ask.
   */
  kind('choose-model', {
    ...{ service: text, deployment: text, serves: text, known: z.array(text) },
    reason: z.enum(['several', 'none', 'not-there', 'gone', 'no-service']),
  }),
  kind('licence-not-accepted', { licences: z.array(text) }),
  // apply
  kind('run-in-progress', { holder: text, since: text, runId: text }),
  /** This console itself is at work there, and what is wanted would get in its way. */
  kind('console-busy', { what: z.enum(['run', 'rollout']), since: text }),
  kind('lock-lost', { at: text }),
  kind('disk-full', { path: text, detail: text, undone: z.boolean().optional() }),
  /** Without a chunk: each is as it was signed, and the whole is not what it is called. */
  kind('artifact-damaged', { artifact: text, chunk: z.int().optional(), detail: text }),
  /** `undone`: what was there before is back. */
  kind('step-failed', { step: text, detail: text, undone: z.boolean().optional() }),
  /** `holder`: the process that has its lock, as far as it is known. */
  kind('package-manager-busy', { holder: text, seconds: count }),
  /** What was installed works only after the appliance was started anew, which somebody does. */
  kind('reboot-needed', { package: text }),
  /** Something of the system that a step would change, and must not. */
  kind('host-object-unusable', {
    what: text,
    problem: z.enum(['unparsable', 'link', 'other-kind', 'foreign']),
  }),
  /** A container is to be given folders of the server that are not there. */
  kind('host-folder-missing', { neededBy: text, folders: z.array(text) }),
  /** A certificate that somebody gave for what an appliance publishes. */
  kind('certificate-unusable', {
    problem: z.enum([
      ...[
        'nothing-published',
        'no-certificate',
        'no-key',
        'key-encrypted',
        'passphrase-wrong',
        'key-differs',
        'weak-key',
      ],
      ...['not-yet-valid', 'expired', 'other-name', 'not-taken', 'of-the-site'],
    ] as const),
    detail: text,
  }),
  /** A folder of weights is made of hard links, and the filesystem of /var/lib/rackside makes none. */
  kind('links-refused', {
    path: text,
    problem: z.enum(['other-filesystem', 'not-permitted', 'too-many', 'other']),
    detail: text,
  }),
  /**
   * A job or a vendor's probe of a service did not end well. `version`: of the service; `undone`: it is not in service, and
   * what was there before is back.
   */
  kind('task-failed', {
    ...{ role: taskRole, task: text, of: text, version: text, outcome: taskOutcome, exitCode: z.int() },
    ...{ seconds: count, output: text, undone: z.boolean().optional() },
  }),
  kind('not-ready', { deployment: text, seconds: count, detail: text }),
  /** It was not interrupted: so many requests were under way all that time. */
  kind('service-busy', { deployment: text, requests: count, seconds: count }),
  // the console itself
  kind('appliance-unknown', { name: text, known: z.array(text) }),
  kind('credential-unknown', { credentialId: text }),
  /** A file that is no backup of a console, or none that can be relied on. */
  kind('backup-unusable', {
    file: text,
    reason: z.enum(['missing', 'unreadable', 'not-a-backup', 'damaged', 'cut-short', 'older-format', 'newer-format']),
    detail: text,
  }),
  /** A signed update that is not taken; `detail`: what it says, or what lies there. */
  kind('update-unusable', { file: text, reason: updateReason, detail: text }),
  /** The file is whole, and another passphrase opens it. */
  kind('backup-passphrase-wrong', { file: text }),
  /** Nothing was put there. `in-use`: a console runs there. */
  kind('restore-refused', { folder: text, reason: z.enum(['holds-state', 'in-use', 'restoring']) }),
  kind('credential-in-use', { credentialId: text, appliances: z.array(text) }),
  kind('vault-locked', {}),
  kind('vault-missing', {}),
  kind('vault-exists', {}),
  /** `waitSeconds`: after several wrong ones nobody is heard for so long; else 0. */
  kind('vault-passphrase-wrong', { waitSeconds: count }),
  kind('vault-passphrase-unusable', { reason: z.enum(['too-short', 'too-long', 'empty']) }),
  kind('vault-damaged', { file: text, detail: text }),
  kind('keychain-unusable', {
    /** `none-here`: only another shell of this computer has one; `unavailable`: not now, perhaps later. */
    reason: z.enum(['none-here', 'not-protecting', 'unavailable', 'refused']),
    backend: text,
    detail: text,
  }),
  /** A file with a secret that others can read, or that is not a plain file. */
  kind('secret-file-unusable', {
    file: text,
    problem: z.enum(['readable-by-others', 'not-a-file', 'missing', 'unreadable']),
  }),
  /** An act that asks for a name to be typed got another one. */
  kind('name-not-confirmed', { asked: text, typed: text }),
  /** Nobody could be asked to type it. */
  kind('host-not-typed', { asked: text }),
  kind('known-hosts-unusable', { line: z.int().nonnegative(), problem: text }),
  kind('ssh-config-unusable', { file: text, line: z.int().nonnegative(), problem: text }),
  kind('input-invalid', { call: text, problem: text }),
  kind('state-too-new', { folder: text, found: z.int(), supported: z.int() }),
  kind('state-unwritable', { folder: text, detail: text }),
  kind('audit-unwritable', { detail: text }),
  /** The act has happened; only the record of its end is missing. */
  kind('audit-end-unwritten', { detail: text }),
  /** No audit, or no checkpoint, can be read there. */
  kind('audit-unreadable', { file: text, detail: text }),
  /** What was to be put elsewhere: a checkpoint, or what was found. */
  kind('audit-not-exported', { to: text, detail: text }),
  // who uses it
  /** `why`: what ended the sign-in there was. */
  kind('sign-in-needed', { why: signInEnd }),
  /** It never says which of name and passphrase was wrong. */
  kind('sign-in-refused', {}),
  kind('sign-in-locked', { seconds: count }),
  /** More are trying to sign in than one after the other can be looked at. */
  kind('sign-in-busy', { seconds: count }),
  kind('passphrase-change-needed', {}),
  kind('not-permitted', { call: text, needs: z.array(right) }),
  /** A vendor, beyond what was granted to it. */
  kind('not-granted', { what: z.enum(['appliance', 'publisher', 'act']), name: text }),
  /** The passphrase once more, for an act that destroys. */
  kind('step-up-needed', {}),
  kind('second-person-needed', {
    subject: text,
    why: z.enum(['not-asked', 'waiting', 'refused', 'expired', 'own', 'own-word', 'too-many']),
  }),
  kind('operator-unusable', { name: text, problem: operatorProblem }),
  /** The site's identity provider, or what is set about it. */
  kind('provider-unusable', { host: text, problem: providerProblem, detail: text }),
  /** It was asked, and nobody was let in. */
  kind('provider-sign-in-refused', { host: text, problem: providerRefusal, detail: text }),
  /** The provider knows this person, and no operator is bound to them. */
  kind('subject-unknown', { host: text, subject: text }),
  kind('owner-gone', { detail: text }),
  /** The channel that a recorder was to tell cannot be told by curl from a server. `signed`: its messages are. */
  kind('recorder-alert-unusable', {
    channel: text,
    problem: z.enum(['unknown', 'other-kind', 'signed', 'no-curl']),
  }),
  /** A message that somebody tried did not get out. */
  kind('alert-channel-failed', { channel: text, problem: deliveryProblem, detail: text }),
  kind('rollout-unknown', { rolloutId: text }),
  /** Two saved names lead to one machine; `name`: the other one. */
  kind('same-machine', { name: text }),
  /** Who was named to be first cannot be set up: nobody else takes its place by itself. */
  kind('canary-left-out', { name: text }),
  kind('demo-unknown', { name: text, known: z.array(text) }),
  kind('demo-not-started', { name: text, detail: text }),
  // the window and the shell around it
  /** Made by a page: its link to the console broke, and it is trying again. */
  kind('console-lost', {}),
  /** A page without the key of this console's run: the console was started anew, or the address was typed by hand. */
  kind('window-refused', { reason: z.enum(['no-key', 'wrong-key', 'code-used']) }),
  kind('port-busy', { port: z.int() }),
  /** A service that is to be reached over the local network. `detail`: the address, file or name. */
  kind('serving-refused', { reason: servingProblem, detail: text }),
  /** The same, and it may be otherwise by itself a moment later. */
  kind('serving-not-now', { reason: servingObstacle, detail: text }),
  kind('no-browser', { url: text }),
  kind('desktop-unavailable', {
    reason: z.enum(['no-display', 'not-installed', 'download-stalled', 'download-failed', 'did-not-start']),
    detail: text,
  }),
  kind('cancelled', { at: text }),
  /** A bug, met by the one catch at the edge of a shell, or by the kept console as it opens again; never made anywhere else. */
  kind('internal', { detail: text }),
  kind('usage', {
    problem: usageProblem,
    word: text,
    /** Which command of Rackside's it is about. */
    command: text.optional(),
    /** What was perhaps meant; of 'option-alone' the option that is missing. */
    other: text.optional(),
  }),
])
export type Failure = z.infer<typeof failure>
export type FailureKind = Failure['kind']
export type FailureOf<K extends FailureKind> = Extract<Failure, { kind: K }>

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function fail(failure: Failure): Result<never> {
  return { ok: false, failure }
}

export function resultOf<S extends z.ZodType>(value: S) {
  return z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value }),
    z.strictObject({ ok: z.literal(false), failure }),
  ])
}

/** Evidence from outside, made safe to show: control characters out, bounded. */
export function evidence(raw: string, limit = 600): string {
  const clean = cleanText(raw).trim()
  return clean.length > limit ? `${clean.slice(0, limit)} [cut]` : clean
}
