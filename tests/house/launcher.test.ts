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
  writePage,
  writeProduct,
} from '../support/launcher-project.ts'
import { needs } from '../support/needs.ts'
import { repositoryRoot } from '../support/repository-files.ts'
import { today } from '../support/today.ts'

let workshop: ReturnType<typeof openWorkshop>
beforeAll(() => {
  workshop = openWorkshop()
})
afterAll(() => workshop.close())

const launch = (root: string, ...words: string[]) => {
  return [process.execPath, join(root, 'scripts', 'rackside.mjs'), ...(words.length === 0 ? ['--version'] : words)]
}

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

describe('the launcher of a shell with a window', () => {
  const building = 'rackside: building the pages of the window once, a moment ...\n'

  it('opens the shell that the first word names, and leaves every other word to the CLI', async () => {
    const root = workshop.windowProject('shells')
    const said = async (...words: string[]) => JSON.parse((await workshop.run(launch(root, ...words))).stdout)
    expect(await said('web', '--port', '8080')).toEqual(['web', 'web', '--port', '8080'])
    expect(await said('--lang', 'zh-CN', 'web')).toEqual(['web', '--lang', 'zh-CN', 'web'])
    expect(await said('--port', '7617', 'web')).toEqual(['web', '--port', '7617', 'web'])
    expect(await said('--import', 'start', 'web')).toEqual(['web', '--import', 'start', 'web'])
    expect(await said('desktop')).toEqual(['desktop', 'desktop'])
    expect(await said('start')).toEqual(['desktop', 'start'])
    expect(await said('detect', 'web')).toEqual(['cli', 'detect', 'web'])
    expect(await said('web', '--help')).toEqual(['cli', 'web', '--help'])
    expect(await said('--lang', 'web')).toEqual(['cli', '--lang', 'web'])
  })

  it('goes on in the browser where no desktop window can be had', async () => {
    const root = workshop.windowProject('no desktop')
    const environment = { RACKSIDE_TEST_NO_DESKTOP: '1' }
    const ran = await workshop.run(launch(root, 'start', '--lang', 'en'), { environment })
    expect(ran).toMatchObject({ code: 0, stdout: '["desktop","start"]\n["web","start","--lang","en"]\n' })
  })

  it('builds the pages when a window wants them, not for the CLI, and again only after a change in them', async () => {
    const root = workshop.windowProject('pages')
    const page = join(root, 'dist', 'renderer', 'index.html')
    await workshop.run(launch(root))
    expect([existsSync(join(root, 'dist', 'web.mjs')), existsSync(page)]).toEqual([true, false])
    expect((await workshop.run(launch(root, 'web'))).stderr).toBe(building)
    expect(readFileSync(page, 'utf8')).toContain('page one')
    appendFileSync(join(root, 'main', 'shells', 'web', 'main.ts'), '// Changed.\n')
    expect((await workshop.run(launch(root, 'web'))).stderr).toBe('')
    writePage(root, 'page two')
    expect((await workshop.run(launch(root, 'web'))).stderr).toBe(building)
    expect(readFileSync(page, 'utf8')).toContain('page two')
    // A window opened on page one may still ask for what it names.
    const scripts = readdirSync(join(root, 'dist', 'renderer', 'assets')).map((name) =>
      join(root, 'dist', 'renderer', 'assets', name),
    )
    expect(scripts.map((path) => /page (one|two)/.exec(readFileSync(path, 'utf8'))?.[1]).sort()).toEqual(['one', 'two'])
  })

  it('keeps nothing of the builders in the process that goes on: neither their libraries nor their services', async () => {
    const root = workshop.windowProject('after building')
    const libraries = 'process.report.getReport() as { sharedObjects: string[] }).sharedObjects'
    const left = `(${libraries}.filter((path) => path.includes('node_modules'))`
    const children = 'process.getActiveResourcesInfo().filter((one) => one === "ProcessWrap")'
    writeFileSync(
      join(root, 'main', 'shells', 'web', 'main.ts'),
      `console.log(JSON.stringify({ left: ${left}, children: ${children} }))`,
    )
    const ran = await workshop.run(launch(root, 'web'))
    expect({ said: ran.stderr, ...JSON.parse(ran.stdout) }).toEqual({ said: building, left: [], children: [] })
  })

  it('builds what Electron starts: a module, and a preload that is none', async () => {
    const root = workshop.windowProject('for electron')
    await workshop.run(launch(root))
    const built = (name: string) => readFileSync(join(root, 'dist', 'electron', name), 'utf8')
    expect(built('main.mjs')).toContain('"electron"')
    expect(built('preload.cjs')).toContain('require("electron")')
    expect(built('preload.cjs')).not.toMatch(/^import /m)
  })

  it('lets one of several at once build the pages', async () => {
    const root = workshop.windowProject('windows together')
    const all = await Promise.all([1, 2, 3].map(() => workshop.run(launch(root, 'web'))))
    expect(all.map((ran) => ran.stdout)).toEqual(Array(3).fill('["web","web"]\n'))
    expect(all.map((ran) => ran.stderr).join('')).toBe(building)
  })

  it('reports a page that does not build, leaves no lock, and the CLI is none the worse', async () => {
    const root = workshop.windowProject('broken page')
    writeFileSync(join(root, 'renderer', 'app', 'main.ts'), 'const = 1\n')
    const ran = await workshop.run(launch(root, 'web'))
    expect([ran.code, ran.stdout, ran.stderr.includes('main.ts')]).toEqual([1, '', true])
    expect(existsSync(lockOf(root))).toBe(false)
    expect(await workshop.run(launch(root))).toMatchObject({ code: 0, stdout: '["cli","--version"]\n' })
  })

  it('runs the pages as they were shipped where the builder is not installed, and says what is missing without them', async () => {
    const root = workshop.windowProject('production windows')
    await workshop.run(launch(root, 'web'))
    unlinkSync(join(root, 'node_modules'))
    writePage(root, 'never built')
    expect(await workshop.run(launch(root, 'web'))).toMatchObject({ code: 0, stdout: '["web","web"]\n', stderr: '' })
    rmSync(join(root, 'dist', 'renderer'), { recursive: true })
    const ran = await workshop.run(launch(root, 'web'))
    expect([ran.code, ran.stderr.includes('npm ci')]).toEqual([1, true])
    expect(await workshop.run(launch(root))).toMatchObject({ code: 0 })
  })

  it('builds pages and program in a place of its own where the folder belongs to somebody else', async (context) => {
    const uid = nobodyToBecome()
    needs(context, uid !== null, 'becoming nobody without a network needs root')
    const root = workshop.windowProject('windows of root')
    const words = [...withoutNetwork(uid), ...launch(root, 'web')]
    expect(await workshop.run(words)).toMatchObject({ code: 0, stdout: '["web","web"]\n' })
    expect(existsSync(join(root, 'dist'))).toBe(false)
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

// With the packages that are installed here, as links: CI itself installs them in a fresh clone, without scripts.
today(0)(
  'a fresh clone runs as nobody, HOME unset, without a network, twice with a rebuild between',
  async (context) => {
    const uid = nobodyToBecome()
    needs(context, uid !== null, 'becoming nobody without a network needs root')
    const root = join(workshop.folder, '克隆 (fresh clone)')
    mustRun(['git', 'clone', '--quiet', '--no-local', repositoryRoot, root], workshop.folder)
    mustRun(['chown', '-R', `${uid}:${uid}`, root], root)
    const packages = join(root, 'node_modules')
    try {
      mustRun(['cp', '-al', join(repositoryRoot, 'node_modules'), packages], root)
    } catch {
      mustRun(['cp', '-a', join(repositoryRoot, 'node_modules'), packages], root)
    }
    mustRun(['rm', '-rf', join(packages, '.cache')], root)
    mustRun(['chown', `${uid}:${uid}`, packages], root)
    const version: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
    const words = [...withoutNetwork(uid), 'npx', 'rackside', '--version']
    const options = { cwd: root, environment: { npm_config_cache: join(workshop.temporary, 'npm') } }
    expect(await workshop.run(words, options)).toMatchObject({ code: 0, stdout: expect.stringContaining(version) })
    const built = readFileSync(join(root, 'dist', 'stamp'), 'utf8')
    appendFileSync(join(root, 'main', 'shells', 'cli', 'main.ts'), '// Changed.\n')
    expect(await workshop.run(words, options)).toMatchObject({ code: 0, stdout: expect.stringContaining(version) })
    expect(readFileSync(join(root, 'dist', 'stamp'), 'utf8')).not.toBe(built)
  },
  600_000,
)

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
