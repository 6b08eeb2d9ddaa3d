// English: what happened, and what to do next, for what stands in the way of plans and runs.
import type { FailureOf } from '../../domain/failure.ts'
import type { RunFailureWords } from '../failure-words.ts'

type TaskFailure = FailureOf<'task-failed'>

const taskName = { job: 'The job', probe: 'The probe' } as const
const taskEnds: { readonly [O in TaskFailure['outcome']]: (f: TaskFailure) => string } = {
  passed: (f) => `ended well after ${f.seconds} s`,
  exit: (f) => `failed with exit status ${f.exitCode} after ${f.seconds} s`,
  'time-limit': (f) => `was ended after ${f.seconds} s: it may take no longer`,
  memory: (f) => `was ended after ${f.seconds} s: it took more memory than it says it needs`,
  'not-started': () => 'did not start',
  lost: (f) => `was ended by somebody else, or the engine lost it, after ${f.seconds} s`,
}

/** Which version people have now, said honestly. */
function whatRuns(f: TaskFailure): string {
  if (f.undone === true) return `Version ${f.version} was taken back, and what was there before is in service again.`
  return f.role === 'job'
    ? 'It counts as not done.'
    : `Version ${f.version} of ${f.of} is what runs now, and it is not proven.`
}

export const runFailures: RunFailureWords = {
  'plan-unknown': (f) => ({ what: `There is no saved plan ${f.planId}.`, next: 'Make a new plan.' }),
  'plan-outdated': (f) => ({
    what: `The server is not as the plan found it: ${f.differences.join('; ')}.`,
    next: 'Make a new plan and look at it.',
  }),
  'version-blocked': (f) => ({
    what: `${f.publisher} has taken back ${f.entry} ${f.version} (${f.since}): ${f.reason.en}`,
    next: 'Use a bundle with a newer version. What runs goes on.',
  }),
  'version-unknown': (f) => ({
    what: `The server keeps no version ${f.version} of ${f.deployment || 'anything'}; ${f.known.length > 0 ? `there are ${f.known.join(', ')}` : 'there is none to go back to'}.`,
    next: 'Choose one that is kept, or set up from a bundle that has it.',
  }),
  'version-incomplete': (f) => ({
    what: `Version ${f.version} of ${f.deployment} cannot be brought back: ${f.part} is not on the server any more.`,
    next: 'Set up from a bundle that has this version.',
  }),
  'approval-needed': () => ({
    what: 'Nobody approved the plan.',
    next: 'Run it in a terminal, or pass --yes when you have seen the plan.',
  }),
  'licence-not-accepted': (f) => ({
    what: `These licence terms have to be accepted first: ${f.licences.join(', ')}.`,
    next: `Read them in the plan. Then accept them in a terminal, or add to --yes: ${f.licences.map((one) => `--accept-licence ${one}`).join(' ')}`,
  }),
  'opening-not-agreed': (f) => ({
    what: `The plan opens this to the local network, and nobody agreed to it: ${f.openings.join(', ')}.`,
    next: 'Agree to it in the plan, or plan again without it.',
  }),
  'root-not-allowed': (f) => ({
    what: `The plan runs things as root that approving it does not approve: ${f.acts.join(', ')}.`,
    next: `Read their words in the plan. Then approve it in a terminal, or add to --yes: ${f.acts.map((act) => `--allow-root ${act}`).join(' ')}`,
  }),
  'run-in-progress': (f) => ({
    what: `${f.holder} is working on this server since ${f.since} (${f.runId}).`,
    next: 'Wait until that run has ended, or take over by its id: that console then stops before its next step.',
  }),
  'console-busy': (f) => ({
    what: `This console itself has had ${f.what === 'run' ? 'a run' : 'a rollout'} under way there since ${f.since}.`,
    next: 'Wait until it has ended, or stop it first.',
  }),
  'lock-lost': (f) => ({
    what: `The run lost its lock on the server before ${f.at}; somebody else may be working on it now.`,
    next: 'Run the same command again; it continues where it stopped.',
  }),
  'disk-full': (f) => ({
    what: `The disk of the server ran full at ${f.path}.${f.undone === true ? ' What was there before is back.' : ''}`,
    next: 'Free space there, then run the same command again; it continues.',
  }),
  'artifact-damaged': (f) =>
    f.chunk === undefined
      ? {
          what: `${f.artifact}: every piece is as whoever made the bundle signed it, and the whole is not the file that it is called: sha256 ${f.detail}. Nothing of it was kept.`,
          next: 'Do not use this bundle, and ask whoever made it: under that name it would be taken for another file.',
        }
      : {
          what: `${f.artifact}: piece ${f.chunk} arrived with other bytes than listed, twice.`,
          next: 'The bundle or the link is damaged. Copy the bundle again.',
        },
  'step-failed': (f) => ({
    what: `The step ${f.step} failed${f.undone === true ? ', and what was there before is back' : ''}: ${f.detail}`,
    next: 'Nothing after it was done. Mend the cause and run the same command again.',
  }),
  'task-failed': (f) => ({
    what: `${taskName[f.role]} ${f.task} of ${f.of} ${taskEnds[f.outcome](f)}. ${whatRuns(f)}${f.output === '' ? '' : ` It printed: ${f.output}`}`,
    next:
      f.role === 'job'
        ? 'Nothing after it was done. Mend the cause and run the same command again: the job starts from its beginning.'
        : 'Nothing after it was done. Ask its vendor, or mend the cause and run the same command again: the probe runs again.',
  }),
  'not-ready': (f) => ({
    what: `${f.deployment} did not become ready in ${f.seconds} s: ${f.detail}`,
    next: 'The cause is usually in its log.',
  }),
}
