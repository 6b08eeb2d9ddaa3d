// Volumes of the simulated engine. What is in one is never there: services of the demo keep nothing.
import { deploymentLabel, volumeLabel } from '../../../shared/domain/remote-layout.ts'
import { drillIsOn, type Ended, type Machine } from '../machine.ts'
import { engineDiskComplaint, fromDaemon, refused, said } from './ended.ts'
import { labelPairs } from './labels.ts'

/** `words`: two labels of ours, then the name, as the step says them. Undefined when they are others. */
export function createVolume(machine: Machine, words: readonly string[]): Ended | undefined {
  const [first, mine = '', second, of = '', name = '', ...more] = words
  const labels = labelPairs([mine, of])
  const isOurs = first === '--label' && second === '--label' && labels[volumeLabel] === name
  if (!isOurs || labels[deploymentLabel] === undefined || name === '' || more.length > 0) return undefined
  if (drillIsOn(machine, 'fill-disk')) {
    return refused(`${fromDaemon}create ${name}: mkdir /var/lib/docker/volumes/${name}: ${engineDiskComplaint}`)
  }
  if (!machine.state.volumes.includes(name)) machine.change(({ volumes }) => void volumes.push(name))
  return said(name)
}

/** One that is not there is no failure: the script looks first. */
export function removeVolume(machine: Machine, name: string): Ended {
  machine.change((state) => {
    state.volumes = state.volumes.filter((one) => one !== name)
  })
  return said(name)
}

/** What the question of the step answers. */
export function volumeAnswer({ state }: Machine, name: string): string {
  return state.volumes.includes(name) ? `label ${name}\n` : 'none\n'
}
