// What every image of the lab has besides its program: merged /usr, a shell and wget from busybox (for
// health checks inside), /tmp, and names for the users it may run as.
import type { BaseImage } from '../base/base-image.ts'
import { fileOfBase } from './program-closure.ts'
import type { TarEntry } from './tar-writer.ts'

const applets = ['sh', 'wget', 'ls', 'cat', 'ps', 'sleep']
const passwd = 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n'
const group = 'root:x:0:\nnogroup:x:65534:\n'

export async function imageSkeleton(base: BaseImage): Promise<TarEntry[]> {
  const folder = (path: string, mode = 0o755): TarEntry => ({ path, mode, content: { kind: 'folder' } })
  const link = (path: string, target: string): TarEntry => ({
    path,
    mode: 0o777,
    content: { kind: 'link', target },
  })
  const text = (path: string, content: string): TarEntry => ({
    path,
    mode: 0o644,
    content: { kind: 'bytes', bytes: Buffer.from(content) },
  })
  return [
    ...['bin', 'sbin', 'lib', 'lib64'].map((name) => link(name, `usr/${name}`)),
    ...['etc', 'root', 'usr', 'usr/bin', 'usr/sbin', 'usr/lib', 'usr/lib64'].map((path) => folder(path)),
    folder('tmp', 0o1777),
    text('etc/passwd', passwd),
    text('etc/group', group),
    text('etc/nsswitch.conf', 'hosts: files dns\n'),
    await fileOfBase(base, '/usr/bin/busybox'),
    ...applets.map((applet) => link(`usr/bin/${applet}`, 'busybox')),
  ]
}

/** Adds the folders that lead to each file: some unpackers do not make them by themselves. */
export function withParentFolders(entries: readonly TarEntry[]): TarEntry[] {
  const known = new Set(entries.map((entry) => entry.path))
  const added: TarEntry[] = []
  for (const entry of entries) {
    const parts = entry.path.split('/')
    for (let depth = 1; depth < parts.length; depth += 1) {
      const path = parts.slice(0, depth).join('/')
      if (known.has(path)) continue
      known.add(path)
      added.push({ path, mode: 0o755, content: { kind: 'folder' } })
    }
  }
  return [...entries, ...added]
}
