// English: what the CLI says around results, and its help.
import { aboutText, durationText } from '../durations.ts'
import type { CliWords } from '../words.ts'

const skipped = {
  match: 'a Match block',
  'proxy-command': 'a host behind a ProxyCommand',
  'too-many-hops': 'a host behind more than four jump hosts',
  'not-an-address': 'a host whose address cannot be used',
}

export const cli: CliWords = {
  help: `rackside: turns an AI server into a working, proven appliance.

  rackside start     the window: the desktop's, or the browser's where there is none
  rackside desktop   the desktop window
  rackside web       the browser: [--port N] [--import FOLDER] [--no-open]

  rackside demo                                              the whole journey on a simulated server
  rackside demo list | remove NAME                           the simulated servers that were kept
  rackside demo drill NAME DRILL [on|off]                    something goes wrong there, on purpose

  rackside detect APPLIANCE                                  what is inside
  rackside record APPLIANCE --out FOLDER                     keep all its answers, for support; names and secrets out
  rackside plan   APPLIANCE --solution NAME --from FOLDER    what a setup would do, and why
  rackside setup  APPLIANCE --solution NAME --from FOLDER    do it, and prove that it answers
  rackside fleet  NAME NAME … --solution NAME --from FOLDER  the same for several, one first, then ring by ring
  rackside status APPLIANCE                                  is it well
  rackside doctor APPLIANCE                                  what is wrong with it, why, and what helps
  rackside probe  APPLIANCE                                  stream one completion and measure it
  rackside rollback  APPLIANCE [--to VERSION]                the versions it keeps; go back to one, proven or undone
  rackside drift     APPLIANCE                               what is not as it was set up; --accept: the server is right
  rackside runs      APPLIANCE                               the newest run there, whoever began it
  rackside uninstall APPLIANCE                               take everything away that Rackside made; asks for the host
  rackside connect --test APPLIANCE                          try the way to it, step by step

  rackside trust APPLIANCE                                   show its host key, and whether it is trusted
  rackside trust APPLIANCE --fingerprint SHA256:…            pin its host key without logging in
  rackside trust APPLIANCE --fingerprint SHA256:… --replace  trust a changed host key; asks for the host name
  rackside trust forget APPLIANCE                            forget its host keys; asks for the host name
  rackside trust list | import FILE | export                 the kept host keys; known_hosts in and out
  rackside vault [status] | create | change-passphrase       where secrets are kept, encrypted
  rackside vault list | remove ID | unlock | lock            unlock and lock: of the console that is running
  rackside import-ssh-config                                 the hosts of ~/.ssh/config, to choose from
  rackside watch-helper show --user NAME                     what a login that only watches needs there
  rackside watch-helper install APPLIANCE --user NAME        install it, with a login that may act as root
  rackside watch-helper remove  APPLIANCE                    take it away again

APPLIANCE is ssh://user@host:port, a name saved with --save NAME,
or local: this machine (on macOS and Windows only for detect, which reads a part there).

  --replay FOLDER         instead of APPLIANCE, for detect, doctor and plan: what was recorded there
  --identity FILE         private key to log in with
  --password-stdin        read the password from standard input
  --password-fd N         read the password from file descriptor N
  --key-passphrase-fd N   read the passphrase of the private key from file descriptor N
  --agent                 let the SSH agent sign, with the only key it has or with
  --agent-key SHA256:…    this one
  --answers-fd N          answers to what the server asks at login, one a line, from file descriptor N
  --sudo-password-fd N    where sudo asks for another password than the login's: read it from file descriptor N
  --jump ssh://user@host:port   a jump host on the way; again for the next one
  --jump-identity FILE    private key for it, in the same order (without one: the login of the appliance)
  --fingerprint SHA256:…  the host key you expect; it is pinned when it is the one the server shows
  --weak-algorithms       accept algorithms that are not safe any more, for this appliance
  --type-host HOST        trust, uninstall: the host name, where nobody can be asked to type it
  --save NAME             remember this appliance; its password goes into the vault
  --use-once              use the login once: Rackside makes a key of its own for this appliance, proves it and
                          forgets the password; with --save NAME or for a saved name, and an open vault
  --keep-for-sudo         with --use-once: where sudo asks for the password, keep it in the vault for sudo alone
  --vault-passphrase-fd N, --vault-passphrase-file FILE
                          unlock the vault (a running console's stays open until it is not used);
                          FILE is readable by you alone (chmod 600)
  --new-passphrase-fd N, --new-passphrase-file FILE
                          vault change-passphrase: the new one
  --watch-only            the login only watches, through the watch helper; a setup is refused
  --user NAME             watch-helper: the login name that may watch
  --preset NAME           demo: ascend-8 (when none is given), nvidia-8 or workstation-2
  --keep                  demo: the simulated server stays afterwards
  --take-over RUN         setup, rollback, uninstall: another console's run that is going on (its id is in the
                          message) gives way to this one
  --to VERSION            rollback: the version, or the digest beside it; with --deployment NAME where several have it
  --delete-data           uninstall: the data of services goes too; without it their volumes stay
  --accept                drift: the server under the stack is right as it is now
  --all                   fleet: every saved appliance that may be set up
  --canary NAME           fleet: who is done first, alone (else the first one); if it is not healthy, nobody else is
                          begun. Then a quarter of all at the same time, at most, and none after a bad verdict
  --window 22:00-05:00[/sat,sun]
                          setup, rollback, fleet: services are interrupted only in this window (local time; the days are those on
                          which it begins); a fleet begins its rings in it
  --even-if-busy          setup, rollback, fleet: interrupt a service even while requests are under way; without it a run waits
                          5 minutes for a moment without any, then ends
  --soak SECONDS          plan, setup, rollback, fleet: how long a replacement must hold before the version before it goes (60)
  --stop-first            plan, setup: stop a service before its successor starts, also where memory holds both
  --limit-mbit N          setup, fleet: send at most N megabits a second to each appliance
  --yes                   approve the plan (never a host key)
  --json                  the last line of standard output is one JSON result
  --lang en|zh-CN         language
  --port N                web: this port of 127.0.0.1 instead of a free one
  --import FOLDER         web: where bundles are, or a bundle
  --no-open               web: open no browser
  --version

Exit codes: 0 done and healthy; 1 a defect of rackside; 2 wrong usage; 3 cancelled; 4 plan not approved;
5 refused input; 10-29 connection (12 host key unknown, 13 changed, 14 not the given one,
15 login refused, 20 no root, 24 host key revoked, 25 another machine, 26 questions to answer);
30-39 the server (32 no Docker, 35 nothing fits, 36 memory, 37 disk, 38 port taken,
39 something there is left as it is);
40-48 the bundle (46 made for the demo only, 47 no such version kept); 50-59 the run (52 another run, 53 disk full, 55 a step failed, 56 not ready,
58 the package manager is at work, 59 restart the server first); 98 the service is busy;
60-69 this console (67 window refused, 68 port busy, 69 no browser); 70 degraded, 71 down, 72 unknown,
73 no fresh data; 74 no desktop window; 75 no such demo appliance, 76 it cannot be started;
77-84 the vault (77 locked, 78 none yet, 80 wrong passphrase); 85 a name was not confirmed; 86 known hosts unusable;
87 SSH config unusable; 88 only watched, 89 no watch helper there;
90 the login is in use, 91 no key can be added there; 92-94 recordings;
95 this computer runs no Linux; 96 no such rollout, 97 a machine under two names, 99 who was to be first cannot be set up;
a fleet ends with the code of the first appliance that is not well, and with 0 only if all are healthy;
100 the doctor found an error, 101 a warning; 102 a host had to be typed; 103 too few inodes; 104 this console is at work there;
130 left at once by a second Ctrl-C.`,
  planFor: (solution, where) => `Plan: ${solution} on ${where}`,
  planRollBack: (deployment, version, where) => `Plan: ${deployment} back to version ${version} on ${where}`,
  planUninstall: (where) => `Plan: remove everything of Rackside's from ${where}`,
  otherDeployments: (names) => `Not part of this plan, and left as it is: ${names}`,
  unsigned: 'The bundle is not signed: nobody vouches for what is in it.',
  variantChosen: (service, variant) => `${service} runs as ${variant}`,
  memoryNeed: (need, available) => `needs ${need} of memory, ${available} free`,
  notVerified: 'not yet verified on this hardware',
  instead: 'not',
  planSum: (changed, unchanged, upload) => `${changed} to change, ${unchanged} already true, ${upload} to send`,
  blocked: 'This stands in the way:',
  packages: (driver, tool) => `driver: ${driver}; tool: ${tool}`,
  interrupts: 'interrupts the service while it is replaced',
  changesPlaces: 'its successor is proven beside it first, and interrupts it only to take its place',
  endsService: 'the service ends',
  frees: (bytes) => `frees up to ${bytes}`,
  soak: (seconds) => `watched for ${seconds} s, and the version before comes back if it does not hold`,
  takes: (seconds) => aboutText(seconds, 'en'),
  downtime: (seconds) => `no answer for ${aboutText(seconds, 'en')}`,
  estimated: (seconds, downtime) =>
    `Takes ${aboutText(seconds, 'en')}${downtime > 0 ? `, of which services do not answer for ${aboutText(downtime, 'en')}` : ''} (estimated: 1 Gbit/s link, usual disks; nothing was measured here)`,
  stops: (names) => `stops and starts again: ${names}`,
  backsUp: (folder) => `its data stay, and are saved in ${folder} before the new version starts`,
  keepsData: (names) => `data of services stay: ${names}`,
  rollBackKeepsData: (folder) =>
    `Going back changes the version and not the data: they stay as they are now. What was saved of them before lies in ${folder} on the server.`,
  approve: 'Do this? Type yes: ',
  waitingForLock: (holder, run) => `Waiting: ${run === undefined ? holder : `${holder} (${run})`} holds this server.`,
  done: 'done',
  already: 'already true',
  failed: 'failed',
  sent: (done, total, { rate, leftMs }) =>
    [
      `${done} of ${total}`,
      ...(rate === undefined ? [] : [`${rate}/s`]),
      ...(leftMs === undefined ? [] : [`${durationText(leftMs, 'en')} left`]),
    ].join(', '),
  proof: (ttft, rate, tokens) => `first token after ${ttft} ms, ${rate} tokens/s, ${tokens} tokens`,
  guestsLeft: (guests) => `Staying until ${guests} other command(s) that use this console have ended.`,
  hardware: {
    system: 'System',
    processor: 'Processor',
    memory: 'Memory',
    disk: 'Free disk',
    engine: 'Engine',
    accelerators: 'Accelerators',
    driver: 'Driver',
    deployments: 'Installed',
    seenInside: 'Accelerators seen inside containers',
    privilege: 'Root',
  },
  none: 'none',
  pair: (name, value) => `${name}: ${value}`,
  list: (parts) => parts.join('; '),
  partialFacts: (system) => `Only a part is read on ${system}; a setup needs Linux.`,
  unreadable: (why) => `cannot be read: ${why}`,
  stillToDo: (steps) => `Looking again, these are not as they should be: ${steps}`,
  weakBattery: (percent) =>
    `This computer runs on battery (${percent} %). Connect it to power: sending needs it awake.`,
  recorded: (answers, folder) =>
    `Recorded ${answers} answers in ${folder}. Names, addresses and secrets were replaced.`,
  savedAs: (name) => `Saved as ${name}.`,
  stopping: 'Stopping after the current step; press Ctrl-C again to leave at once.',
  skippedInConfig: (what, name) => `Not taken: ${skipped[what]} (${name})`,
  typePassword: 'Password: ',
  typeSudoPassword: 'Password for sudo: ',
  typePassphrase: (file) => `Passphrase of ${file}: `,
  helperFile: (path, mode, sha256) => `${path} (root, ${mode}, sha256 ${sha256}):`,
  helperInstalled: (user, version) =>
    `The watch helper (version ${version}) is installed: ${user} may see what this server is and how busy it is, and change nothing.`,
  helperRemoved: 'The watch helper and its line for sudo are gone.',
}
