// Whether the Electron runtime is on this computer, and where. The package `electron` is never imported for it:
// importing it is what downloads the runtime, without a limit.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The program, relative to the runtime's folder; as the package itself has it. */
export function programPath(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return platform === 'win32' ? 'electron.exe' : 'electron'
}

type Place = {
  /** The package, usually node_modules/electron. */
  readonly packageFolder: string
  readonly platform: NodeJS.Platform
}

/** The program of a runtime that lies where the person said it does. */
export function programIn(folder: string, platform: NodeJS.Platform): string | undefined {
  const program = join(folder, programPath(platform))
  return existsSync(program) ? program : undefined
}

/** The program of the runtime that belongs to the package: whole, and of the package's own version. */
export function installedProgram({ packageFolder, platform }: Place): string | undefined {
  const named = read(join(packageFolder, 'path.txt'))
  const version = read(join(packageFolder, 'dist', 'version'))?.replace(/^v/, '')
  if (named !== programPath(platform) || version === undefined || version !== packageVersion(packageFolder)) {
    return undefined
  }
  return programIn(join(packageFolder, 'dist'), platform)
}

function packageVersion(packageFolder: string): string | undefined {
  const manifest = read(join(packageFolder, 'package.json'))
  if (manifest === undefined) return undefined
  const { version }: { version?: unknown } = JSON.parse(manifest)
  return typeof version === 'string' ? version : undefined
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return undefined
  }
}
