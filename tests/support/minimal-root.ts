// A Debian tree with nothing in it that a browser could lean on, and a way to run one of our programs inside:
// in namespaces of its own, without a network, with this checkout mounted read-only.
import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { findMirror } from '../../scripts/lab/base/mirror.ts'
import { repositoryRoot } from './repository-files.ts'

const execute = promisify(execFile)
const suite = 'bookworm'

/** About a minute; the caller gives an empty folder and removes it. */
export async function makeMinimalRoot(root: string): Promise<void> {
  const inNamespaces = ['--pdeathsig', 'KILL', 'unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc']
  await execute('setpriv', [...inNamespaces, 'debootstrap', '--variant=minbase', suite, root, await findMirror()], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 16 * 1024 * 1024,
  })
  copyFileSync(process.execPath, join(root, 'usr', 'local', 'bin', 'node'))
  mkdirSync(join(root, 'repository'))
  mkdirSync(join(root, 'program'))
}

const mountAndRun = `set -e
root=$1 checkout=$2
ip link set lo up
mount --bind "$checkout" "$root/repository"
mount -o remount,bind,ro "$root/repository"
# What was unpacked on the outside does not count, and nothing written here stays.
mount -t tmpfs tmpfs "$root/repository/node_modules/.cache"
cp "$root"/program/* "$root/repository/node_modules/.cache/"
mount -t proc proc "$root/proc"
mount -t devtmpfs devtmpfs "$root/dev" 2>/dev/null || mount --rbind /dev "$root/dev"
exec chroot "$root" /usr/bin/env -i PATH=/usr/local/bin:/usr/bin:/bin HOME=/root node /repository/node_modules/.cache/program.mjs`

/** The lines that the program prints; its imports are relative to the repository's root. */
export async function runInMinimalRoot(root: string, program: string): Promise<string[]> {
  const bundled = await build({
    stdin: { contents: program, resolveDir: repositoryRoot, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    write: false,
    logLevel: 'silent',
  })
  writeFileSync(join(root, 'program', 'program.mjs'), bundled.outputFiles[0]?.contents ?? '')
  mkdirSync(join(repositoryRoot, 'node_modules', '.cache'), { recursive: true })
  const words = [
    '--mount',
    '--pid',
    '--net',
    '--fork',
    '--kill-child',
    'sh',
    '-c',
    mountAndRun,
    'sh',
    root,
    repositoryRoot,
  ]
  const { stdout } = await execute('unshare', words, { maxBuffer: 16 * 1024 * 1024 })
  return stdout.trim().split('\n')
}
