// English: what the desktop window says outside its page, in dialogs, the tray and notifications.
import type { DesktopWords } from '../words.ts'

export const desktop: DesktopWords = {
  open: 'Open Rackside',
  quit: 'Quit',
  noRun: 'No setup is going on',
  severalRuns: (runs) => `${runs} setups are going on`,
  betweenRings: 'A rollout is going on',
  run: {
    'set-up': {
      running: (solution, where) => `Setting up ${solution} on ${where}`,
      done: (solution, where) => `${solution} on ${where}: setup ended`,
      failed: (solution, where) => `${solution} on ${where}: setup failed`,
      cancelled: (solution, where) => `${solution} on ${where}: setup was stopped`,
    },
    'roll-back': {
      running: (deployment, where) => `Rolling back ${deployment} on ${where}`,
      done: (deployment, where) => `${deployment} on ${where}: rollback ended`,
      failed: (deployment, where) => `${deployment} on ${where}: rollback failed`,
      cancelled: (deployment, where) => `${deployment} on ${where}: rollback was stopped`,
    },
    'renew-certificate': {
      running: (deployment, where) => `Renewing the certificate of ${deployment} on ${where}`,
      done: (deployment, where) => `${deployment} on ${where}: renewal ended`,
      failed: (deployment, where) => `${deployment} on ${where}: renewal failed`,
      cancelled: (deployment, where) => `${deployment} on ${where}: renewal was stopped`,
    },
    uninstall: {
      running: (_, where) => `Uninstalling on ${where}`,
      done: (_, where) => `${where}: uninstall ended`,
      failed: (_, where) => `${where}: uninstall failed`,
      cancelled: (_, where) => `${where}: uninstall was stopped`,
    },
  },
  goesOn: { title: 'The setup goes on', inTray: 'Rackside stays in the tray.', minimized: 'Rackside stays minimized.' },
  quitQuestion: {
    message: (runs) => (runs === 1 ? 'A setup is going on.' : `${runs} setups are going on.`),
    detail:
      'If you quit, the current step finishes on the server. The setup then waits there; setting up again continues with the next step.',
    rollout: {
      message: ({ runs, waiting }) =>
        `A rollout over several appliances is going on: ${runs} being set up now, ${waiting} still to come.`,
      detail:
        'If you quit, the current steps finish on their servers, and no other appliance is begun. The rollout ends with Rackside; planned again, it does what is left.',
    },
    keep: 'Keep running',
  },
  broke: {
    title: 'The window was loaded again',
    body: 'Its page had stopped working. Setups that are going on were not affected.',
    message: 'The page of this window keeps breaking.',
    detail: 'Setups that are going on are not affected.',
    reload: 'Load it again',
  },
  hangs: {
    message: 'The page of this window does not respond.',
    detail: 'Setups that are going on are not affected.',
    wait: 'Wait',
  },
  chooseBundle: 'Choose the folder of a bundle',
  chooseBundleFile: 'Choose the file of a bundle, or one of its parts',
  saveFile: 'Save a file',
  saveFiles: 'Save files to a folder',
  chooseKeyFile: 'Choose a private key',
  notStarted: 'Rackside could not start',
  stopped: 'Rackside stopped because of a defect',
  noPage: (folder) => `there is no page in ${folder}: build it with "npm run build"`,
}
