// Everything that this console keeps in its state folder, by name: what a backup takes along, and what stays behind with
// the reason. A file that is in neither list is a fault that a test finds.
import type { BackupItem, BackupPart, LeftOutReason } from '../../shared/domain/backup.ts'

type Kept = { readonly item: BackupItem; readonly part: BackupPart }
export type Placed = Kept | { readonly why: LeftOutReason }

const state = (item: BackupItem): Kept => ({ item, part: 'state' })

/** A name with "/" at its end: a folder with all that is in it. */
const places: Readonly<Record<string, Placed>> = {
  'appliances.json': state('appliances'),
  'host-keys.json': state('host-keys'),
  'known-hosts.json': state('known-hosts'),
  'key-files.json': state('key-files'),
  'vault.json': state('vault'),
  'operators.json': state('operators'),
  'approvals.json': state('operators'),
  'publishers.json': state('publishers'),
  'audit.jsonl': state('audit'),
  'audit/writer.lock': { why: 'running' },
  'audit/writer.lock-journal': { why: 'running' },
  'acceptances/': state('acceptances'),
  'acceptance-keys.json': state('acceptances'),
  'evaluations/': state('evaluations'),
  'evaluation-sets.json': state('evaluations'),
  'evaluation-sets/': state('evaluations'),
  'benches/': state('benches'),
  'canaries/': state('canaries'),
  'canary-baselines.json': state('canaries'),
  'alerts.json': state('alerts'),
  'alert-book.json': state('alerts'),
  'alert-memory.json': state('alerts'),
  'alert-outbox.json': state('alerts'),
  'alert-told.json': state('alerts'),
  'news.json': state('news'),
  'plans/': state('plans'),
  'history.db': { item: 'history', part: 'history' },
  'terminals/': { item: 'recordings', part: 'recordings' },
  // Gigabytes that came as files, and come again as files; what is registered names folders of this computer.
  'bundles/': { why: 'imported-bundles' },
  'bundles.json': { why: 'imported-bundles' },
  'import/': { why: 'imported-bundles' },
  // Simulated servers, and the key they are entered with; their bundle is made again.
  'demo/machines/': state('demo'),
  'demo/login-key': state('demo'),
  'demo/login-key.pub': state('demo'),
  'demo/rackside-demo/': { why: 'demo-bundle' },
  // Language and theme of the window; where this state came from; the format, which is written anew.
  'window/': { why: 'this-computer' },
  // Packages of Rackside for this computer, checked and to be installed.
  'updates/': { why: 'this-computer' },
  'restored.json': { why: 'this-computer' },
  // The session of this user's commands: who moves signs in again.
  'signed-in': { why: 'this-computer' },
  format: { why: 'this-computer' },
  'history.db.damaged': { why: 'older-copies' },
  'owner.lock': { why: 'running' },
  'owner.lock-journal': { why: 'running' },
  'owner.sock': { why: 'running' },
  // Written with the history, and in what is copied of it.
  'history.db-wal': { why: 'running' },
  'history.db-shm': { why: 'running' },
}

/** Full segments, what signs the next checkpoint, and the checkpoints. */
const audits = /^audit\/[\w.-]{1,80}$/
const temporary = /\.new$|^backup\.[0-9a-f]+\.new\//

/** `path`: inside the state folder, with "/". Undefined: nobody here knows it. */
export function placeOf(path: string): Placed | undefined {
  if (temporary.test(path)) return { why: 'running' }
  if (path.endsWith('.last')) return placeOf(path.slice(0, -'.last'.length)) && { why: 'older-copies' }
  const [folder = '', ...below] = path.split('/')
  const folders = below.map((_, at) => `${[folder, ...below.slice(0, at)].join('/')}/`)
  const name = [path, ...folders.toReversed()].find((one) => Object.hasOwn(places, one))
  if (name !== undefined) return places[name]
  return audits.test(path) ? state('audit') : undefined
}

const plainPath = /^[A-Za-z0-9][\w.-]{0,150}(?:\/[A-Za-z0-9][\w.-]{0,150}){0,4}$/

/** What a backup may put into a state folder: nothing but what it takes out of one. */
export function partOfPath(path: string): Kept | undefined {
  const placed = plainPath.test(path) ? placeOf(path) : undefined
  return placed !== undefined && 'part' in placed ? placed : undefined
}
