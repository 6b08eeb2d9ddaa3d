// One package of the desktop: the application folder, then electron-builder on it.
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { makeAppFolder } from './app-folder.ts'
import { afterPack } from './fuses.ts'
import { sourceVersion } from './version-info.ts'

export type PackageKind = 'dir' | 'deb' | 'AppImage' | 'rpm' | 'nsis' | 'dmg'

export type PackageWish = {
  readonly root: string
  readonly kind: PackageKind
  /** A folder with an Electron runtime; without one electron-builder fetches the pinned version. */
  readonly electron: string | undefined
  readonly out: string | undefined
  /** For whoever tries it at once: larger, and made in a fraction of the time. */
  readonly quick: boolean
}

/** The files it made; of `dir` the folder. */
export async function makePackage({ root, kind, electron, out, quick }: PackageWish): Promise<string[]> {
  const source = sourceVersion(root)
  makeAppFolder(root, join(root, 'dist', 'package', 'app'), source)
  setSurroundings(root, source === undefined ? 0 : Date.parse(source.committedAt) / 1000)
  const { build, Platform } = await import('electron-builder')
  const targets = platformOf(kind, Platform).createTarget(kind)
  const output = resolve(root, out ?? 'dist/desktop')
  let unpacked = ''
  const config = {
    ...{ extends: join(root, 'electron-builder.yml'), directories: { output }, ...electronOf(electron) },
    afterPack: async (packed: Parameters<typeof afterPack>[0]) => {
      unpacked = packed.appOutDir
      afterPack(packed)
    },
    ...(quick ? { deb: { compression: 'gz' as const } } : {}),
  }
  const made = await build({ targets, projectDir: root, config, publish: 'never' })
  return kind === 'dir' ? [unpacked] : made
}

type Platforms = typeof import('electron-builder').Platform

function platformOf(kind: PackageKind, platforms: Platforms) {
  if (kind === 'nsis') return platforms.WINDOWS
  if (kind === 'dmg') return platforms.MAC
  return kind === 'dir' ? platforms.current() : platforms.LINUX
}

function electronOf(folder: string | undefined) {
  if (folder === undefined || folder === '') return {}
  return { electronDist: resolve(folder), electronVersion: readFileSync(join(folder, 'version'), 'utf8').trim() }
}

/** Times inside a package are those of its commit; a .deb is made with dpkg-deb where there is no fpm to fetch. */
function setSurroundings(root: string, epoch: number): void {
  process.env['SOURCE_DATE_EPOCH'] = String(epoch)
  if (!isInPath('fpm')) process.env['CUSTOM_FPM_PATH'] ??= join(root, 'scripts', 'debian-package.mjs')
}

function isInPath(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    const file = join(folder, name)
    try {
      accessSync(file, constants.X_OK)
      return existsSync(file)
    } catch {
      return false
    }
  })
}
