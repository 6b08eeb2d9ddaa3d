// The first line of every script that is generated for an appliance: which block it is, and with what it was
// made, as one comment. A shell reads over it; the demo appliance reads nothing else. What the block does
// stands in the script alone, so a change of it that the head does not show is a change the demo cannot see.
import * as z from 'zod'
import { entryId, imageIdentity } from './artifact.ts'
import { sha256Hex } from './sha256.ts'

const words = z.array(z.string().max(65_536)).min(1).max(500)
const nonce = z.string().regex(/^[A-Za-z0-9]{16,64}$/)
const ids = z.array(z.string().max(60)).max(200)

/** As base64, of an ed25519 key; its line with options before it and a comment after it. */
const loginKey = z.string().regex(/^[A-Za-z0-9+/]{68}$/)
const loginKeyLine = z.string().regex(/^[a-zA-Z0-9,-]+ ssh-ed25519 [A-Za-z0-9+/]{68} [!-~]{1,200}$/)

/** Where a leased process's standard input comes from. */
const leaseInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** That many bytes, kept in memory on the appliance: work that does not read them cannot stall the lease. */
  z.strictObject({ kind: z.literal('sized'), bytes: z.int().nonnegative() }),
  /** Data frames as they come, until the end frame. */
  z.strictObject({ kind: z.literal('feed') }),
  /** The same, and besides frames that have a place in this file: they go there and not to the work, which is told. */
  z.strictObject({ kind: z.literal('placed'), file: z.string().max(300) }),
])
export type LeaseInput = z.infer<typeof leaseInput>

const scriptHeadShape = z.discriminatedUnion('block', [
  /** The wrapper around every remote process; its work is the quoted word of `rackside_text=`. */
  z.strictObject({
    block: z.literal('lease'),
    marker: z.string().max(200),
    input: leaseInput,
    silenceSeconds: z.number().positive().max(3600),
  }),
  z.strictObject({ block: z.literal('shell-look'), privilege: z.enum(['login', 'root']), asksSudo: z.boolean() }),
  z.strictObject({ block: z.literal('facts'), nonce, ids }),
  z.strictObject({
    block: z.literal('sampler'),
    ...{ nonce, ids },
    privilege: z.enum(['login', 'root']),
    intervalSeconds: z.int().positive().max(3600),
  }),
  z.strictObject({
    block: z.literal('run-lock'),
    holder: z.strictObject({ run: z.string().max(100), who: z.string().max(200), at: z.string().max(50) }),
    takesOver: z.string().max(100).optional(),
  }),
  /** The same lock, for as long as the services are measured. */
  z.strictObject({
    block: z.literal('bench-lock'),
    holder: z.strictObject({ run: z.string().max(100), who: z.string().max(200), at: z.string().max(50) }),
  }),
  z.strictObject({ block: z.literal('last-run') }),
  z.strictObject({ block: z.literal('units-at-work') }),
  z.strictObject({ block: z.literal('machine-id') }),
  /** What is kept there about earlier runs; takes Rackside's folders away. */
  z.strictObject({ block: z.literal('kept') }),
  /** `keepsData`: all but the data of services. */
  z.strictObject({ block: z.literal('farewell'), keepsData: z.literal(true).optional() }),
  /** A container joins a second network before it starts. */
  z.strictObject({ block: z.literal('join-network') }),
  /** The console's own key of a gateway. */
  z.strictObject({ block: z.literal('gateway-key') }),
  /** Puts a certificate of the site's own in its place. */
  z.strictObject({ block: z.literal('give-certificate') }),
  /** One secret that a person asks for. */
  z.strictObject({ block: z.literal('secret-value') }),
  /** When the secrets and the volumes of services were made. */
  z.strictObject({ block: z.literal('made-times') }),
  /** Notes that a published password was changed: one line of JSON. */
  z.strictObject({ block: z.literal('sign-in-changed'), of: entryId, note: z.string().max(1000) }),
  /** The certificates of an ingress, in PEM. */
  z.strictObject({ block: z.literal('certificates') }),
  /** What an ingress publishes, asked by TLS at its address. */
  z.strictObject({ block: z.literal('published') }),
  /** JSON of how the server under the stack is. */
  z.strictObject({ block: z.literal('baseline'), text: z.string().max(65_536) }),
  /** Lines of a console's audit; those behind the last one there are added. */
  z.strictObject({
    block: z.literal('audit-copy'),
    consoleId: z.string().regex(/^[0-9a-f]{32}$/),
    numbers: z.array(z.int().positive()).max(1000),
  }),
  /** A journal record without its time; the last one of a run also clears what the lock file says. */
  z.strictObject({
    block: z.literal('journal'),
    entry: z.looseObject({ run: z.string().regex(/^run-[0-9A-Za-z-]{1,60}$/) }),
    clearsLock: z.boolean(),
  }),
  /**
   * The commands of a step in order, and for each what undoes as far as it got. `unit`: the key of the
   * unit that carries it out; without one it runs under the lease.
   */
  z.strictObject({
    block: z.literal('step'),
    run: z.string().regex(/^run-[0-9A-Za-z-]{1,60}$/),
    step: z.string().max(200),
    unit: z.string().max(200).optional(),
    commands: z.array(words).max(100),
    undo: z.array(z.array(words).max(100)).max(100),
  }),
  /** The `sh -c` commands of the container step; their words come after the text. */
  z.strictObject({ block: z.literal('record') }),
  z.strictObject({ block: z.literal('version-record') }),
  z.strictObject({ block: z.literal('smoke') }),
  z.strictObject({ block: z.literal('smoke-aside') }),
  z.strictObject({ block: z.literal('stage') }),
  z.strictObject({ block: z.literal('clear-stage') }),
  z.strictObject({ block: z.literal('drop-damaged') }),
  /** What was loaded has no label that would look like one of ours. */
  z.strictObject({ block: z.literal('plain-image') }),
  z.strictObject({ block: z.literal('until-healthy') }),
  z.strictObject({ block: z.literal('soak') }),
  /** A task, from its container's making to the note of how it ended. */
  z.strictObject({ block: z.literal('task') }),
  z.strictObject({ block: z.literal('volume-room') }),
  z.strictObject({ block: z.literal('volume-save') }),
  z.strictObject({ block: z.literal('volume-back') }),
  /** The state of the system, for steps that change it: questions of their own text. */
  z.strictObject({
    block: z.literal('host-look'),
    questions: z.int().nonnegative(),
    /** By the place of the question: which volume it is about; empty where it is about something else. */
    volumes: z.array(z.string().max(150)).max(500).optional(),
    /** The place of the one about the recorder. */
    recorder: z.int().nonnegative().optional(),
  }),
  /** An `sh -c` command of a step that changes the system; its words come after the text. */
  z.strictObject({ block: z.literal('host-act'), act: z.string().regex(/^[a-z-]{1,40}$/) }),
  /** The probes that are kept there; one of them once more, by the words of its task. */
  z.strictObject({ block: z.literal('kept-probes') }),
  z.strictObject({ block: z.literal('probe-now'), commands: z.array(words).length(1) }),
  /** What steps noted that they made. */
  z.strictObject({ block: z.literal('made-list') }),
  /** Of an image archive also which image is in it. */
  z.strictObject({
    block: z.literal('put-begin'),
    sha256: sha256Hex,
    bytes: z.int().positive(),
    image: imageIdentity.optional(),
  }),
  z.strictObject({ block: z.literal('put-lane'), sha256: sha256Hex }),
  z.strictObject({ block: z.literal('put-finish'), sha256: sha256Hex }),
  z.strictObject({ block: z.literal('engine-dial') }),
  /** Puts the watch helper and its line for sudo in place, or takes both away. */
  z.strictObject({ block: z.literal('watch-install'), user: z.string().max(32), version: z.string().max(64) }),
  z.strictObject({ block: z.literal('watch-remove') }),
  /** What is there of the recorder; the files that hold what it measured since then; takes it away. */
  z.strictObject({ block: z.literal('recorder-look') }),
  z.strictObject({ block: z.literal('recorder-read'), nonce, fromSeconds: z.int().nonnegative() }),
  z.strictObject({ block: z.literal('recorder-remove') }),
  /** Adds one line to the keys that log in, or takes out those with this ed25519 key. */
  z.strictObject({ block: z.literal('login-key-add'), line: loginKeyLine }),
  z.strictObject({ block: z.literal('login-key-remove'), key: loginKey }),
])
export type ScriptHead = z.infer<typeof scriptHeadShape>
export type BlockName = ScriptHead['block']
export type HeadOf<B extends BlockName> = Extract<ScriptHead, { block: B }>

const firstWords = '# rackside '

/** One line, its end included. JSON escapes every line end, so a head is always one comment. */
export function scriptHead(head: ScriptHead): string {
  const { block, ...made } = head
  return `${firstWords}${block} 1 ${JSON.stringify(made)}\n`
}

/** Undefined where the text does not begin with a head, or with one of another shape: anybody may have written it. */
export function readScriptHead(text: string): ScriptHead | undefined {
  if (!text.startsWith(firstWords)) return undefined
  const end = text.indexOf('\n')
  const [block, version, ...rest] = text.slice(firstWords.length, end < 0 ? undefined : end).split(' ')
  if (version !== '1') return undefined
  try {
    return scriptHeadShape.safeParse({ block, ...JSON.parse(rest.join(' ')) }).data
  } catch {
    return undefined
  }
}
