// `docker load`: an image comes out of the archive that was uploaded for it. Which one it is was said with the
// upload, because the demo keeps no bytes.
import type { ImageIdentity } from '../../../shared/domain/artifact.ts'
import { drillIsOn, type Ended, type Machine } from '../machine.ts'
import { engineDiskComplaint, fromDaemon, interrupted, paused, refused, said } from './ended.ts'
import { heldFile } from './files.ts'

/** About what a server's disk gives while layers are unpacked. */
const bytesPerSecond = 100_000_000
const shortestMilliseconds = 300

export async function loadImage(machine: Machine, path: string, signal?: AbortSignal): Promise<Ended> {
  const file = heldFile(machine.state, path)
  if (file === undefined) return refused(`open ${path}: no such file or directory`)
  if (file.image === undefined) return refused('archive/tar: invalid tar header')
  const milliseconds = Math.max(shortestMilliseconds, (file.bytes / bytesPerSecond) * 1000)
  const full = (): boolean => drillIsOn(machine, 'fill-disk')
  // A disk that is full at once, or fills up while it is written to.
  if (!full() && !(await paused(machine, milliseconds, signal))) return interrupted
  const { configDigest } = file.image
  const written = `/var/lib/docker/tmp/docker-import-${machine.nowMs()}/blobs/${configDigest.replace(':', '/')}`
  if (full()) return refused(`write ${written}: ${engineDiskComplaint}`)
  keep(machine, file.image)
  return said(`Loaded image ID: ${configDigest}`)
}

function keep(machine: Machine, image: ImageIdentity): void {
  if (machine.state.images.some((one) => one.configDigest === image.configDigest)) return
  machine.change(({ images }) => void images.push(image))
}

export function removeImage(machine: Machine, id: string): Ended {
  const { images, containers } = machine.state
  if (!images.some((one) => one.configDigest === id)) return refused(`${fromDaemon}No such image: ${id}`)
  if (containers.some((one) => one.imageId === id)) {
    return refused(`${fromDaemon}conflict: unable to delete ${id.slice(7, 19)} - image is being used by a container`)
  }
  machine.change((state) => {
    state.images = state.images.filter((one) => one.configDigest !== id)
  })
  return said(`Deleted: ${id}`)
}
