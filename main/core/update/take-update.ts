// Checks the package that a signed update names, byte by byte, and puts it where only this user can write: the bytes that
// were checked are the bytes that somebody installs, whatever happens to the file they came from (P34).
import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { UpdatePackage } from '../../../shared/domain/update-file.ts'
import { plainSize, withPlainFile } from '../../files/plain-file.ts'
import { openStateFolder, syncFolder, writeEveryByte } from '../../store/folder.ts'
import { packagePath, readRelease, refused, type UpdateQuestion } from './read-release.ts'

export type CheckedUpdate = { readonly version: string; readonly expires: string; readonly package: UpdatePackage }
export type TakenUpdate = CheckedUpdate & { readonly path: string }

type Sink = (bytes: Uint8Array) => void

/** Nothing is written anywhere. */
export function checkUpdate(question: UpdateQuestion): Result<CheckedUpdate> {
  const found = findPackage(question)
  if (!found.ok) return found
  const whole = readThrough(question.file, found.value.package, () => undefined)
  return whole.ok ? found : whole
}

/** `folder`: of the state of this console. */
export function takeUpdate(question: UpdateQuestion, folder: string): Result<TakenUpdate> {
  const found = findPackage(question)
  if (!found.ok) return found
  const state = openStateFolder(folder)
  if (!state.ok) return state
  const place = join(state.value, 'updates')
  const path = join(place, found.value.package.name)
  const temporary = `${path}.${process.pid}.new`
  try {
    mkdirSync(place, { recursive: true, mode: 0o700 })
    rmSync(temporary, { force: true })
    const copied = copyChecked(question.file, found.value.package, temporary)
    if (!copied.ok) return copied
    renameSync(temporary, path)
    syncFolder(place)
    return ok({ ...found.value, path })
  } catch (error) {
    return fail({ kind: 'state-unwritable', folder: place, detail: evidence((error as Error).message) })
  } finally {
    rmSync(temporary, { force: true })
  }
}

/** The first package for this system that lies beside the document under its own name. */
function findPackage(question: UpdateQuestion): Result<CheckedUpdate> {
  const read = readRelease(question)
  if (!read.ok) return read
  const { release, packages } = read.value
  const there = packages.find(({ name }) => 'read' in plainSize(packagePath(question.file, name)))
  if (there === undefined) {
    return refused(question.file, 'package-missing', packages.map(({ name }) => name).join(', '))
  }
  return ok({ version: release.version, expires: release.expires, package: there })
}

function copyChecked(file: string, one: UpdatePackage, to: string): Result<void> {
  const isProgram = one.kind === 'AppImage' || one.kind === 'nsis'
  const descriptor = openSync(to, 'wx', isProgram ? 0o700 : 0o600)
  try {
    const whole = readThrough(file, one, (bytes) => writeEveryByte(descriptor, bytes))
    if (whole.ok) fsyncSync(descriptor)
    return whole
  } finally {
    closeSync(descriptor)
  }
}

/** Reads no byte more than it should have, and one to see that there is none. What `sink` throws is thrown. */
function readThrough(file: string, { name, bytes, sha256 }: UpdatePackage, sink: Sink): Result<void> {
  let broken: unknown
  const read = withPlainFile(packagePath(file, name), { follow: false }, (descriptor, { size }) => {
    if (size < bytes) return 'package-shorter' as const
    if (size > bytes) return 'package-longer' as const
    try {
      return faultOf(descriptor, { bytes, sha256 }, sink)
    } catch (error) {
      broken = error
      return undefined
    }
  })
  if (broken !== undefined) throw broken
  if ('problem' in read) return refused(file, 'package-missing', `${name}: ${read.why}`)
  return read.read === undefined ? ok(undefined) : refused(file, read.read, name)
}

type Fault = 'package-shorter' | 'package-longer' | 'package-differs'

function faultOf(descriptor: number, { bytes, sha256 }: Pick<UpdatePackage, 'bytes' | 'sha256'>, sink: Sink) {
  const hash = createHash('sha256')
  const piece = Buffer.alloc(1024 * 1024)
  let left = bytes
  while (left > 0) {
    const taken = readSync(descriptor, piece, 0, Math.min(left, piece.length), null)
    if (taken === 0) return 'package-shorter' satisfies Fault
    hash.update(piece.subarray(0, taken))
    sink(piece.subarray(0, taken))
    left -= taken
  }
  if (readSync(descriptor, piece, 0, 1, null) > 0) return 'package-longer' satisfies Fault
  return hash.digest('hex') === sha256 ? undefined : ('package-differs' satisfies Fault)
}
