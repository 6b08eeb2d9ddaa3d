// The committed bin in the hands it will be in: a fresh folder, another user's folder, no HOME, no
// network, two of them at once, and with a builder that died before it.
import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  canCutNetwork,
  nobodyToBecome,
  openWorkshop,
  withoutNetwork,
  writeProduct,
} from '../support/launcher-project.ts'
import { inCi, needs } from '../support/needs.ts'
import { repositoryRoot } from '../support/repository-files.ts'

let workshop: ReturnType<typeof openWorkshop>
beforeAll(() => {
  workshop = openWorkshop()
})
afterAll(() => workshop.close())

const launch = (root: string) => [process.execPath, join(root, 'scripts', 'rackside.mjs'), '--version']

describe('the launcher', () => {
  it('is executable in git and in the tree', () => {
    expect(statSync(new URL('../../scripts/rackside.mjs', import.meta.url)).mode & 0o111).toBe(0o111)
  })

  it('builds when dist/ is missing, runs what is fresh, rebuilds after a change', async () => {
    const root = workshop.project('plain')
    expect(await workshop.run(launch(root))).toEqual({ code: 0, stdout: 'version one\n', stderr: '' })
    const built = statSync(join(root, 'dist', 'cli.mjs')).mtimeMs
    await workshop.run(launch(root))
    expect(statSync(join(root, 'dist', 'cli.mjs')).mtimeMs).toBe(built)
    writeProduct(root, 'version two')
    expect((await workshop.run(launch(root))).stdout).toBe('version two\n')
    expect(readdirSync(join(root, 'dist')).sort()).toEqual(['cli.mjs', 'cli.mjs.map', 'stamp'])
  })

  it('works in a path with spaces and Chinese characters, with HOME unset, started by its first line', async () => {
    const root = workshop.project('a 医院 (copy)')
    const ran = await workshop.run([join(root, 'scripts', 'rackside.mjs'), '--version'], { cwd: '/' })
    expect(ran).toEqual({ code: 0, stdout: 'version one\n', stderr: '' })
  })

  it('runs by npx twice with a rebuild between, without a network', async (context) => {
    needs(context, canCutNetwork(), 'cutting the network needs root and unshare')
    const root = workshop.project('by npx 中文')
    const npm = {
      cwd: root,
      environment: { npm_config_cache: join(workshop.folder, 'npm') },
    }
    const words = [...withoutNetwork(), 'npx', 'rackside', '--version']
    expect(await workshop.run(words, npm)).toMatchObject({ code: 0, stdout: 'version one\n' })
    writeProduct(root, 'version two')
    expect(await workshop.run(words, npm)).toMatchObject({ code: 0, stdout: 'version two\n' })
  })

  it('lets one of several builds at once do the work', async () => {
    const root = workshop.project('together')
    slowBuild(root)
    const all = await Promise.all([1, 2, 3, 4].map(() => workshop.run(launch(root))))
    expect(all.map((ran) => ran.stdout)).toEqual(Array(4).fill('version one\n'))
    expect(readFileSync(join(root, 'builds.log'), 'utf8')).toBe('built\n')
  })

  it('takes over the lock of a builder that died', async () => {
    const root = workshop.project('after a crash')
    const dead = spawnSync(process.execPath, ['-e', '']).pid
    writeLock(root, `${dead}`)
    expect(await workshop.run(launch(root))).toMatchObject({ code: 0, stdout: 'version one\n' })
    expect(existsSync(lockOf(root))).toBe(false)
  })

  it('waits while a living builder holds the lock', async () => {
    const root = workshop.project('held')
    writeLock(root, `${process.pid}`)
    const running = workshop.run(launch(root))
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(existsSync(join(root, 'dist', 'cli.mjs'))).toBe(false)
    unlinkSync(lockOf(root))
    expect(await running).toMatchObject({ code: 0, stdout: 'version one\n' })
  })

  it('reports a source that does not build, and leaves no lock', async () => {
    const root = workshop.project('broken')
    writeFileSync(join(root, 'main', 'shells', 'cli', 'main.ts'), 'const = 1\n')
    const ran = await workshop.run(launch(root))
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(ran.stderr).toContain('main.ts:1')
    expect(existsSync(lockOf(root))).toBe(false)
  })

  it('runs dist/ as it is where the builder is not installed, and says what is missing without one', async () => {
    const root = workshop.project('production')
    await workshop.run(launch(root))
    unlinkSync(join(root, 'node_modules'))
    writeProduct(root, 'never built')
    expect((await workshop.run(launch(root))).stdout).toBe('version one\n')
    rmSync(join(root, 'dist'), { recursive: true })
    const ran = await workshop.run(launch(root))
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(ran.stderr).toContain('npm ci')
  })
})

describe('the launcher in a folder of another user', () => {
  it('builds as nobody, HOME unset and no network, into a folder that only nobody can write', async (context) => {
    const uid = nobodyToBecome()
    needs(context, uid !== null, 'becoming nobody without a network needs root')
    const root = workshop.project('of root')
    await workshop.run(launch(root))
    writeProduct(root, 'version two')
    const words = [...withoutNetwork(uid), ...launch(root)]
    expect(await workshop.run(words)).toMatchObject({ code: 0, stdout: 'version two\n' })
    expect(await workshop.run(words)).toMatchObject({ code: 0, stdout: 'version two\n' })
    expect(readFileSync(join(root, 'dist', 'cli.mjs'), 'utf8')).toContain('version one')
    const own = statSync(join(workshop.temporary, `rackside-${uid}`))
    expect([own.uid, own.mode & 0o777]).toEqual([uid, 0o700])
  })

  it('does not run what somebody else laid in its place', async (context) => {
    const uid = nobodyToBecome()
    needs(context, uid !== null, 'becoming nobody needs root')
    const root = workshop.project('trapped')
    const trap = join(workshop.temporary, `rackside-${uid}`)
    rmSync(trap, { recursive: true, force: true })
    mkdirSync(trap)
    chmodSync(trap, 0o777)
    const ran = await workshop.run([...withoutNetwork(uid), ...launch(root)])
    rmSync(trap, { recursive: true })
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(ran.stderr).toContain('XDG_CACHE_HOME')
  })
})

describe('a fresh clone', () => {
  it('installs without scripts, then runs as nobody, HOME unset, without a network, twice with a rebuild between', async (context) => {
    if (!inCi) context.skip('installs every package once more: only with RACKSIDE_CI=1')
    const uid = nobodyToBecome()
    needs(context, uid !== null, 'becoming nobody without a network needs root')
    const root = join(workshop.folder, '克隆 (fresh clone)')
    mustRun(['git', 'clone', '--quiet', '--no-local', repositoryRoot, root], workshop.folder)
    mustRun(['npm', 'ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], root)
    mustRun(['chown', '-R', `${uid}:${uid}`, root], root)
    const version: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
    const words = [...withoutNetwork(uid), 'npx', 'rackside', '--version']
    const options = { cwd: root, environment: { npm_config_cache: join(workshop.temporary, 'npm') } }
    expect(await workshop.run(words, options)).toMatchObject({ code: 0, stdout: expect.stringContaining(version) })
    const built = readFileSync(join(root, 'dist', 'stamp'), 'utf8')
    appendFileSync(join(root, 'main', 'shells', 'cli', 'main.ts'), '// Changed.\n')
    expect(await workshop.run(words, options)).toMatchObject({ code: 0, stdout: expect.stringContaining(version) })
    expect(readFileSync(join(root, 'dist', 'stamp'), 'utf8')).not.toBe(built)
  }, 600_000)
})

function mustRun([program = '', ...words]: readonly string[], cwd: string): void {
  const ran = spawnSync(program, words, { cwd, encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(`${program} ${words.join(' ')}: ${ran.stderr}`)
}

function lockOf(root: string): string {
  return join(root, 'dist', 'build.lock')
}

function writeLock(root: string, holder: string): void {
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(lockOf(root), holder)
}

/** Puts a pause and a line in a log before the real build, so that several launchers do meet. */
function slowBuild(root: string): void {
  const script = join(root, 'scripts', 'build.mjs')
  const slow = `import { appendFileSync } from 'node:fs'
await new Promise((resolve) => setTimeout(resolve, 400))
appendFileSync(${JSON.stringify(join(root, 'builds.log'))}, 'built\\n')
`
  writeFileSync(script, slow + readFileSync(script, 'utf8'))
}
