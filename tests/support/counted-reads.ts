// How many bytes this process reads of a file through its handles, whoever opened them.
import { fstatSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { onTestFinished } from 'vitest'

type Words = [Buffer, number, number, number]
type Handle = { readonly fd: number; read(this: Handle, ...words: Words): Promise<{ bytesRead: number }> }

/** Until the test ends. Of each of the files, by its path. */
export async function countReads(paths: readonly string[]): Promise<Map<string, number>> {
  const counts = new Map(paths.map((path) => [path, 0]))
  const known = new Map(paths.map((path) => [identityOf(statSync(path)), path]))
  const some = await open(paths[0] ?? '', 'r')
  const handles = Object.getPrototypeOf(some) as Handle
  await some.close()
  const read = handles.read
  // A spy would hold every buffer.
  handles.read = async function (this: Handle, ...words) {
    const path = known.get(identityOf(fstatSync(this.fd)))
    const done = await read.apply(this, words)
    if (path !== undefined) counts.set(path, (counts.get(path) ?? 0) + done.bytesRead)
    return done
  }
  onTestFinished(() => {
    handles.read = read
  })
  return counts
}

function identityOf({ dev, ino }: { dev: number; ino: number }): string {
  return `${dev} ${ino}`
}
