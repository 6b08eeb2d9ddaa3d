// Step kinds that take away what Rackside made, and nothing else: containers and networks by their names, which only
// labelled ones get into a plan with, images that were noted before they were loaded, and Rackside's own folders.
import { type Command, command } from '../domain/command.ts'
import { isUp } from '../domain/facts.ts'
import type { StepSpecOf } from '../domain/plan.ts'
import { remoteDeployments } from '../domain/remote-layout.ts'
import type { Asked } from './asked.ts'
import { loadedImageId } from './image.ts'
import type { StepKind, Truth } from './step-kind.ts'

function truth(isGone: boolean): Truth {
  return { holds: isGone, reason: isGone ? 'gone-already' : 'made-by-rackside' }
}

function containerNamed(name: string, { containers }: Asked) {
  return containers.state === 'known' ? containers.value.find((one) => one.name === name) : undefined
}

export const absentContainerStep: StepKind<'absent-container'> = {
  kind: 'absent-container',
  asks: ['engine'],
  by: 'commands',
  isTrue: ({ name }, facts) => truth(containerNamed(name, facts) === undefined),
  interrupts: () => true,
  // Nobody waits for what is not to come back.
  interrupted: () => [],
  commands(spec, facts) {
    return [
      ...stopWords(spec, facts),
      command('docker', 'rm', '--force', ...(spec.deletesData ? ['--volumes'] : []), spec.name),
      command('rm', '--force', `${remoteDeployments}/${spec.deployment}.json`),
    ]
  },
  undo(spec, facts, { failedAt }) {
    const stopped = stopWords(spec, facts).length
    return stopped > 0 && failedAt <= stopped ? [command('docker', 'start', spec.name)] : []
  },
}

/** It gets its time to end: what it writes down then is not lost where its volume stays. */
function stopWords({ name }: StepSpecOf<'absent-container'>, facts: Asked): Command[] {
  const found = containerNamed(name, facts)
  return found !== undefined && isUp(found) ? [command('docker', 'stop', name)] : []
}

export const absentNetworkStep: StepKind<'absent-network'> = {
  kind: 'absent-network',
  asks: ['engine'],
  by: 'commands',
  isTrue: ({ name }, { networks }) => truth(networks.state === 'known' && !networks.value.includes(name)),
  commands: ({ name }) => [command('docker', 'network', 'rm', name)],
  undo: () => [],
}

export const absentImageStep: StepKind<'absent-image'> = {
  kind: 'absent-image',
  asks: ['engine'],
  by: 'commands',
  isTrue({ image, usedBy }, facts) {
    const isGone = facts.images.state === 'known' && loadedImageId(image, facts) === undefined
    return !isGone && usedBy.length > 0 ? { holds: true, reason: 'used-by-others' } : truth(isGone)
  },
  // Without force: the engine keeps what it still needs for somebody else.
  commands({ image }, facts) {
    const id = loadedImageId(image, facts)
    return id === undefined ? [] : [command('docker', 'image', 'rm', id)]
  },
  undo: () => [],
}

export const absentMadeStep: StepKind<'absent-made'> = {
  kind: 'absent-made',
  asks: [],
  by: 'unmake',
  // It is in a plan only where a note says that it was made; the note goes with it.
  isTrue: () => truth(false),
  unmakes: (spec) => spec,
}

export const absentRacksideStep: StepKind<'absent-rackside'> = {
  kind: 'absent-rackside',
  asks: [],
  by: 'farewell',
  // It is in a plan only where something lies there, and the run's own lock and journal lie there until it is done.
  isTrue: () => truth(false),
  keepsData: ({ keeps }) => keeps !== undefined,
}
