// English: what is said about rollouts, and what can go wrong with them.

import type { RolloutFailureWords } from '../failure-words.ts'
import type { RolloutWords } from '../rollout-words.ts'

const appliances = (count: number) => `${count} ${count === 1 ? 'appliance' : 'appliances'}`

export const rollout: RolloutWords = {
  title: (solution, count) => `Rollout: ${solution} on ${appliances(count)}`,
  sum: ({ change, rings, places, nothing, leftOut }) => {
    const others = `${nothing} with nothing to do; ${leftOut} left out`
    if (change === 0) return others
    return `${change} to change in ${rings} ${rings === 1 ? 'ring' : 'rings'}, at most ${places} at the same time; ${others}`
  },
  ring: (number) =>
    number === 1 ? 'Ring 1, the canary: alone, and the others only if it is healthy' : `Ring ${number}`,
  nothingToDo: 'Nothing to do',
  leftOut: 'Left out',
  changes: (changed, upload) => `${changed} to change, ${upload} to send`,
  interrupts: (deployments) => `interrupts ${deployments}`,
  stands: {
    planned: 'Planned',
    'nothing-to-do': 'Nothing to do',
    'left-out': 'Left out',
    waiting: 'Waits for its ring',
    running: 'Begun',
    failed: 'Failed',
    'not-begun': 'Not begun',
  },
  stepOf: (number, of) => `step ${number} of ${of}`,
  waitingForWindow: (time) => `Waiting for the maintenance window, which opens at ${time}.`,
  waitingWhileBusy: (deployment, requests) =>
    `Waiting: ${deployment} is busy with ${requests} ${requests === 1 ? 'request' : 'requests'}.`,
  requestsUnknown: (deployment, why) => `Whether ${deployment} is busy cannot be read; going on. ${why}`,
  goingOnWithout: (name) => `${name} is slow and not proven yet; the next ring begins without it.`,
  ended: {
    done: (healthy, of) => `Done: ${healthy} of ${of} healthy.`,
    stopped: (healthy, of) =>
      `Stopped after the first bad verdict: ${healthy} of ${of} healthy. Nobody else was begun.`,
    cancelled: (healthy, of) => `Cancelled: ${healthy} of ${of} healthy. Nobody else was begun.`,
  },
  stopping: 'Nobody else is begun, and those at work stop after their step; press Ctrl-C again to leave at once.',
}

export const rolloutFailures: RolloutFailureWords = {
  'service-busy': (f) => ({
    what: `${f.deployment} was not interrupted: ${f.requests} requests were under way, and it was not free within ${f.seconds} s.`,
    next: 'Run the same command again when it is quieter; what was done stays done. --even-if-busy does not wait.',
  }),
  'rollout-unknown': () => ({
    what: 'This console does not know this rollout any more: it is kept until the console is closed.',
    next: 'Plan it again; appliances that are done already have nothing to do then.',
  }),
  'same-machine': (f) => ({
    what: `This is the same machine as "${f.name}".`,
    next: 'One of the two names is enough.',
  }),
  'canary-left-out': (f) => ({
    what: `"${f.name}" was to be done first, and cannot be set up: nothing was planned.`,
    next: 'Plan it alone to see what stands in its way, or name another one to be first.',
  }),
}
