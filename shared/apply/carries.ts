// What somebody else's containers run on, told by the names of packages and units.
import type { Carries } from './made-kind.ts'

const ofEngine = /^(docker|moby|containerd|runc)/
/** What brings accelerators into containers. */
const ofToolkit = /container-toolkit|container-runtime|libnvidia-container|docker-runtime/

export function carriedBy(names: readonly string[]): Carries | undefined {
  if (names.some((name) => ofEngine.test(name))) return 'engine'
  return names.some((name) => ofToolkit.test(name)) ? 'accelerators' : undefined
}
