// English: what the shells with a window say in the terminal that they were started in.
import type { ShellWords } from '../words.ts'

export const shells: ShellWords = {
  opened: (url) => `Rackside opens in your browser: ${url} (Ctrl-C ends it)`,
  openByHand: (url) => `Rackside is ready. Open this address in a browser on this computer: ${url} (Ctrl-C ends it)`,
  nextWindow: (url) => `A window was let in by the address above, which is good once. For another window: ${url}`,
  serves: (origin) =>
    `Rackside watches the appliances of its list, and serves its page at ${origin} to this computer alone. Named operators sign in there (through "ssh -L" with the same port from another computer); otherwise "rackside web" of the same user and RACKSIDE_HOME lets a window in.`,
  servesNetwork: (origin) =>
    `Rackside watches the appliances of its list, and serves its page at ${origin} to whoever is named as an operator and signs in.`,
  unitSteps: (unit) => [
    'A user and a folder of its own: useradd --system --create-home rackside && install -d -m 700 -o rackside /var/lib/rackside-console',
    `Then this text as /etc/systemd/system/${unit}.`,
    'Its list is its own: sudo -u rackside RACKSIDE_HOME=/var/lib/rackside-console rackside connect ssh://... --test --save NAME',
  ],
  unitNetworkSteps: [
    'Its certificate (PEM, with the chain) as /etc/rackside/tls-certificate.pem and its key as /etc/rackside/tls-key.pem, owned by root and readable by nobody else (chmod 600).',
    'Its first operator, who signs in: sudo -u rackside RACKSIDE_HOME=/var/lib/rackside-console rackside operators begin NAME',
  ],
  unitStart: (unit) => `Start it last: systemctl enable --now ${unit} (systemd 247 or newer).`,
  browserFailed: 'The browser did not start: open the address above by hand.',
  ended: 'Ended. What runs on the servers goes on.',
  goesOn: {
    run: 'A setup is going on. Ending now lets its current step finish on the server; the setup then waits there and can be continued. Press Ctrl-C again to end.',
    rollout:
      'A rollout over several appliances is going on. Ending now lets the current steps finish on their servers, and begins no other appliance; planned again, the rollout does what is left. Press Ctrl-C again to end.',
  },
  inBrowserInstead:
    'Rackside goes on in the browser; "npm run desktop" and "npm run web" say which of the two you want.',
  fetching: 'Downloading the desktop window (Electron), once ...',
  fetched: (amount) => `Downloading the desktop window (Electron): ${amount} so far`,
  withoutSandbox:
    'Started as root: the desktop window runs without its sandbox. An account without root rights is safer.',
  noWindow: (seconds) => `No window was shown within ${seconds} s.`,
  runtimeMissing: (folder) => `There is none in ${folder}.`,
}
