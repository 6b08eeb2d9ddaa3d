// The base image: one Debian tree under all appliances, built once with debootstrap and cached.
// It is built in a temporary folder and renamed when complete, so a killed build is never used.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { labHome } from '../folders.ts'
import { withLock } from '../host/lock.ts'
import { removeTree } from '../host/remove-tree.ts'
import { mustRun, runCommand } from '../host/run-command.ts'
import { progress } from '../progress.ts'
import { debootstrapFailure } from './debootstrap-failure.ts'
import { finishTree } from './finish-tree.ts'
import { findMirror } from './mirror.ts'
import { baseRecipe, recipeHash } from './recipe.ts'

const labRecord = z.strictObject({
  format: z.literal(1),
  recipeHash: z.string(),
  /** Digest of recipe and package versions: the same id means the same programs inside. */
  buildId: z.string(),
  mirror: z.string(),
  builtAt: z.iso.datetime(),
  packages: z.record(z.string(), z.string()),
})
export type LabRecord = z.infer<typeof labRecord>

export interface BaseImage {
  folder: string
  /** The Debian tree itself. */
  root: string
  /** The engine's packages as files. */
  packages: string
  record: LabRecord
}

const baseFolder = (): string => join(labHome(), `base-${recipeHash()}`)
const baseLock = (): string => join(labHome(), 'base.lock')

/** The cached image, or null where it was never built (or the recipe changed). */
async function readBaseImage(): Promise<BaseImage | null> {
  const folder = baseFolder()
  const text = await readFile(join(folder, 'lab.json'), 'utf8').catch(() => null)
  if (text === null) return null
  const record = labRecord.safeParse(JSON.parse(text))
  return record.success
    ? { folder, root: join(folder, 'root'), packages: join(folder, 'packages'), record: record.data }
    : null
}

export async function ensureBaseImage(): Promise<BaseImage> {
  const cached = await readBaseImage()
  if (cached !== null) return cached
  return withLock(baseLock(), async () => (await readBaseImage()) ?? (await buildBaseImage()))
}

/** The caller makes sure that no appliance stands on an old one: images of older recipes go too. */
export function rebuildBaseImage(): Promise<BaseImage> {
  return withLock(baseLock(), async () => {
    const built = await buildBaseImage()
    for (const name of await readdir(labHome())) {
      const folder = join(labHome(), name)
      if (/^base-[0-9a-f]+$/.test(name) && folder !== built.folder) await removeTree(folder)
    }
    return built
  })
}

async function buildBaseImage(): Promise<BaseImage> {
  await removeUnfinishedBuilds()
  const mirror = await findMirror()
  const building = `${baseFolder()}.building-${process.pid}`
  const root = join(building, 'root')
  await mkdir(root, { recursive: true, mode: 0o755 })
  progress(`building the base image: Debian ${baseRecipe.suite} from ${mirror} (about a minute)`)
  await debootstrap(root, mirror)
  const packages = await finishTree(root, join(building, 'packages'))
  const buildId = createHash('sha256')
    .update(JSON.stringify([baseRecipe, Object.entries(packages).sort()]))
    .digest('hex')
  const record: LabRecord = {
    format: 1,
    recipeHash: recipeHash(),
    buildId,
    mirror,
    builtAt: new Date().toISOString(),
    packages,
  }
  await writeFile(join(building, 'lab.json'), `${JSON.stringify(record, null, 2)}\n`)
  if (existsSync(baseFolder())) await removeTree(baseFolder())
  await rename(building, baseFolder())
  const folder = baseFolder()
  progress(`base image ready: ${Object.keys(packages).length} packages in ${folder}`)
  return { folder, root: join(folder, 'root'), packages: join(folder, 'packages'), record }
}

/** In namespaces of its own: whatever ends this program also ends debootstrap, and takes its mounts along. */
async function debootstrap(root: string, mirror: string): Promise<void> {
  const result = await runCommand(
    [
      ...['setpriv', '--pdeathsig', 'KILL'],
      ...['unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
      ...['debootstrap', '--variant=minbase', `--include=${baseRecipe.packages.join(',')}`],
      ...[baseRecipe.suite, root, mirror, baseRecipe.script],
    ],
    { onLine: showPhase(), environment: { DEBIAN_FRONTEND: 'noninteractive' } },
  )
  if (result.exitCode === 0) return
  const log = await readFile(join(root, 'debootstrap', 'debootstrap.log'), 'utf8').catch(() => '')
  throw debootstrapFailure(`${result.stdout}\n${result.stderr}`, log, mirror)
}

function showPhase(): (line: string) => void {
  let last = ''
  return (line) => {
    const phase = /^I: (Retrieving|Validating|Extracting|Unpacking|Configuring)/.exec(line)?.[1]
    if (phase === undefined || phase === last || phase === 'Validating') return
    if (last === 'Validating' && phase === 'Retrieving') return
    last = phase
    progress(`base image: ${phase.toLowerCase()} packages`)
  }
}

/** Only called under the lock: a folder with this name has no living builder. */
async function removeUnfinishedBuilds(): Promise<void> {
  await mkdir(labHome(), { recursive: true, mode: 0o700 })
  for (const name of await readdir(labHome())) {
    if (/^base-.*\.building-/.test(name)) await removeTree(join(labHome(), name))
  }
}

/** Runs a program of the base image, for example ldd. */
export function runInBase(base: BaseImage, words: readonly string[]): Promise<string> {
  return mustRun(['chroot', base.root, ...words])
}
