// English: the help of the command line.
import type { HelpWords } from '../help-words.ts'

export const help: HelpWords = {
  title: 'rackside: turns an AI server into a working, proven appliance.',
  commands: {
    start: [['', "the window: the desktop's, or the browser's where there is none"]],
    desktop: [['', 'the desktop window']],
    serve: [['[--unit]', 'no window: watch the appliances of the list, as a service; --unit prints its systemd unit']],
    web: [['[--port N] [--import FOLDER] [--no-open]', 'the browser']],
    demo: [['', 'the whole journey on a simulated server']],
    'demo list': [['', 'the simulated servers that were kept']],
    'demo remove': [['NAME', 'take one away']],
    'demo drill': [['NAME DRILL [on|off]', 'something goes wrong there, on purpose']],
    detect: [['APPLIANCE', 'what is inside']],
    record: [['APPLIANCE --out FOLDER', 'keep all its answers, for support; names and secrets out']],
    plan: [['APPLIANCE --solution NAME --from FOLDER', 'what a setup would do, and why']],
    setup: [['APPLIANCE --solution NAME --from FOLDER', 'do it, and prove that it answers']],
    fleet: [['NAME NAME … --solution NAME --from FOLDER', 'the same for several, one first, then ring by ring']],
    status: [['APPLIANCE', 'is it well']],
    doctor: [['APPLIANCE', 'what is wrong with it, why, and what helps']],
    probe: [['APPLIANCE', 'stream one completion and measure it']],
    rollback: [['APPLIANCE [--to VERSION]', 'the versions it keeps; go back to one, proven or undone']],
    published: [['APPLIANCE', 'what the local network reaches, and the certificate that its computers need for that']],
    'sign-ins': [
      [
        'APPLIANCE',
        'how people sign in to what runs there, and which key an app has; --show NAME: that password or key;\n--changed NAME: its published password was changed',
      ],
    ],
    certificate: [
      ['APPLIANCE', "put the site's own certificate in the place of the one that the server made"],
      ['APPLIANCE --renew', 'have the server make a new one, by the authority that computers trust already'],
    ],
    drift: [['APPLIANCE', 'what is not as it was set up; --accept: the server is right']],
    runs: [['APPLIANCE', 'the newest run there, whoever began it']],
    watch: [
      ['APPLIANCE', 'what it does now, a line a second, until Ctrl-C'],
      ['', 'who watches when no page is open, and what is not reached'],
    ],
    history: [
      ['APPLIANCE', 'what was measured of it here, series by series, and what that takes'],
      ['APPLIANCE --series NAME', 'the values of one, for other programs'],
    ],
    uninstall: [['APPLIANCE', 'take everything away that Rackside made; asks for the host']],
    connect: [['--test APPLIANCE', 'try the way to it, step by step']],
    trust: [
      ['APPLIANCE', 'show its host key, and whether it is trusted'],
      ['APPLIANCE --fingerprint SHA256:…', 'pin its host key without logging in'],
      ['APPLIANCE --fingerprint SHA256:… --replace', 'trust a changed host key; asks for the host name'],
    ],
    'trust forget': [['APPLIANCE', 'forget its host keys; asks for the host name']],
    'trust list': [['', 'the kept host keys']],
    'trust import': [['FILE', 'take over a known_hosts file']],
    'trust export': [['', 'the kept host keys as a known_hosts file']],
    vault: [['[status]', 'where secrets are kept, encrypted']],
    'vault status': [],
    'vault create': [['', 'make it, under a passphrase']],
    'vault change-passphrase': [['', 'give it another passphrase']],
    'vault list': [['', 'what is kept in it']],
    'vault remove': [['ID', 'take one secret out of it']],
    'vault unlock': [['', 'unlock that of the console that is running']],
    'vault lock': [['', 'lock that of the console that is running']],
    appliances: [['[list]', 'the saved appliances']],
    'appliances list': [],
    alerts: [['[list]', 'what is wrong, since when, who is at it; and whether people are told']],
    'alerts list': [],
    'alerts history': [['', 'what was wrong and is over']],
    'alerts ack': [['ID', 'you are at it: nobody is told again, and nobody else is']],
    'alerts silence': [['RULE|all [APPLIANCE] --until TIME', 'nobody is told; it is shown']],
    'alerts maintenance': [['RULE|all [APPLIANCE] --until TIME', 'the same, because somebody works on it']],
    'alerts end': [['ID', 'end a silence or a maintenance']],
    'alerts channels': [['', 'who is told how, and what is in the way']],
    'alerts set-channel': [
      ['FILE [--password-fd N]', 'add or change one from a JSON file; its secrets, one a line, go into the vault'],
    ],
    'alerts remove-channel': [['CHANNEL', 'tell nobody that way any more']],
    'alerts test': [['CHANNEL', 'send one message, and say whether it was taken']],
    publishers: [['[list]', 'who is trusted to make bundles']],
    'publishers list': [],
    'publishers pin': [
      ['FOLDER|ID', 'which fingerprint the publisher of this bundle has, and whether it is trusted'],
      ['FOLDER|ID --fingerprint SHA256:…', 'trust it from now on'],
    ],
    'publishers remove': [['ID', 'trust it no more; asks for its id. What it installed goes on']],
    'appliances forget': [['NAME', 'take one off the list; nothing changes on it, and its host key stays pinned']],
    'import-ssh-config': [['', 'the hosts of ~/.ssh/config, to choose from']],
    'watch-helper show': [['--user NAME', 'what a login that only watches needs there']],
    'watch-helper install': [['APPLIANCE --user NAME', 'install it, with a login that may act as root']],
    'watch-helper remove': [['APPLIANCE', 'take it away again']],
    'recorder show': [
      ['APPLIANCE', 'what measures there while no console watches: since when, how much, whether it is unchanged'],
    ],
    'recorder fetch': [['APPLIANCE', 'bring what it measured into the history of this console']],
    'recorder off': [['APPLIANCE', 'take it away again, with what it measured']],
    'catalog models': [
      [
        '[APPLIANCE] [--context N] [--users N]',
        'the models there are; which fit there, for how many people, or why not',
      ],
    ],
    'catalog show': [['ID', 'what an entry of the catalog is, and what it needs']],
    'catalog lint': [['FOLDER|FILE', 'every problem of the entries there, for whoever writes them']],
    'catalog schema': [['', 'the JSON schema of an entry, for editors']],
    'bundle build': [
      [
        '--catalog FOLDER --solution NAME --for FACTS --sources FILE --out FILE',
        'make a bundle with all that it needs',
      ],
    ],
    'bundle pack': [['FOLDER --out FILE', 'a bundle in a folder as one file, or as parts for a medium']],
    'bundle list': [['', 'the bundles there are, those to be imported too']],
    'bundle import': [['FILE...', 'copy a bundle in one file, or in parts, to this console; it goes on where it was']],
    'bundle verify': [['FILE...|FOLDER', 'read every byte of a bundle; each bad or missing piece is named']],
    'bundle inspect': [['FILE|FOLDER|ID', 'what a bundle holds; --against: what differs from another one']],
    'bundle remove': [['ID', 'an imported bundle, and what of its bytes no other one needs']],
    'vendor init': [
      ['FOLDER --publisher-id ID --publisher-name NAME', 'a new project of a vendor, with keys of its own'],
      ['FOLDER --keys FOLDER', 'another project of a publisher that is there'],
    ],
    'vendor lint': [['[FOLDER]', 'every problem of a project, with its place']],
    'vendor try': [['[FOLDER] [--for FACTS]', 'where it would run: on appliances that hospitals have, or on this one']],
    'vendor pack': [['[FOLDER]', 'bring the entries and all artifacts together']],
    'vendor sign': [
      ['[FOLDER] --out FILE.rsb', 'sign what was packed (or --from a folder of bundle build) as the next version'],
    ],
    'vendor verify': [['FILE...|FOLDER', 'look at what is handed over as a site does that has never heard of you']],
    'vendor rotate': [['[FOLDER] [--root-too]', 'change the key that signs; the next bundle tells every site']],
    'vendor show': [['[FOLDER]', 'the publisher, its fingerprint, and what it signed last']],
    help: [['[COMMAND]', 'this; with a command the same as COMMAND --help']],
  },
  options: {
    replay: ['FOLDER', 'instead of APPLIANCE: what was recorded there'],
    solution: ['NAME', 'what to set up, of those in the bundle'],
    from: ['FOLDER|ID', 'the bundle'],
    out: ['FOLDER', 'the folder to write to; it must not exist, or be empty'],
    test: ['', 'connect: try the way and say so; nothing stays connected'],
    identity: ['FILE', 'private key to log in with'],
    'password-stdin': ['', 'read the password from standard input'],
    'password-fd': ['N', 'read the password from file descriptor N'],
    'key-passphrase-fd': ['N', 'read the passphrase of the private key from file descriptor N'],
    agent: ['', 'let the SSH agent sign, with the only key it has or with'],
    'agent-key': ['SHA256:…', 'this one'],
    'answers-fd': ['N', 'answers to what the server asks at login, one a line, from file descriptor N'],
    'sudo-password-fd': ['N', "where sudo asks for another password than the login's: read it from file descriptor N"],
    jump: ['ssh://user@host:port', 'a jump host on the way; again for the next one'],
    'jump-identity': ['FILE', 'private key for it, in the same order (without one: the login of the appliance)'],
    fingerprint: [
      'SHA256:…',
      'the host key you expect; it is pinned when it is the one the server shows; of a publisher, its keys',
    ],
    replace: ['', 'trust: it takes the place of the pinned key, once the host name is typed'],
    'weak-algorithms': ['', 'accept algorithms that are not safe any more, for this appliance'],
    'type-name': ['ID', 'publishers remove: the id, where nobody can be asked to type it'],
    'accept-expired': ['', 'setup: use the bundle although its publisher no longer vouches for it'],
    'accept-clock': [
      '',
      'publishers pin: the clock of this computer is right, and a later time that it has shown was not',
    ],
    'type-host': ['HOST', 'trust, uninstall: the host name, where nobody can be asked to type it'],
    save: ['NAME', 'remember this appliance; its password goes into the vault'],
    'use-once': [
      '',
      'use the login once: Rackside makes a key of its own for this appliance, proves it and\nforgets the password; with --save NAME or for a saved name, and an open vault',
    ],
    'keep-for-sudo': ['', 'with --use-once: where sudo asks for the password, keep it in the vault for sudo alone'],
    'vault-passphrase-fd': [
      'N',
      "unlock the vault (a running console's stays open until it is not used) with a passphrase\nfrom file descriptor N",
    ],
    'vault-passphrase-file': ['FILE', 'the same from a file that is readable by you alone (chmod 600)'],
    'new-passphrase-fd': ['N', 'vault change-passphrase: the new one, from file descriptor N'],
    'new-passphrase-file': ['FILE', 'the same from a file'],
    'watch-only': ['', 'the login only watches, through the watch helper; a setup is refused'],
    user: ['NAME', 'watch-helper: the login name that may watch'],
    preset: ['NAME', 'demo: ascend-8 (when none is given), nvidia-8 or workstation-2'],
    keep: ['', 'demo: the simulated server stays afterwards'],
    'take-over': [
      'RUN',
      "setup, rollback, uninstall: another console's run that is going on (its id is in the\nmessage) gives way to this one",
    ],
    to: ['VERSION', 'rollback: the version, or the digest beside it'],
    deployment: ['NAME', 'rollback: of which deployment, where several have that version'],
    'delete-data': ['', 'uninstall: the data of services goes too; without it their volumes stay'],
    against: ['FILE|FOLDER|ID', 'bundle: another one to compare with'],
    catalog: ['FOLDER', 'bundle build: the entries to take from'],
    for: ['FOLDER|FILE', 'bundle build: a recording of the server, or what detect --json said of it'],
    hardware: ['CLASS', 'bundle build: for every server of a class instead: cpu, or the maker of accelerators'],
    sources: ['FILE', 'bundle build: JSON that says where each artifact comes from'],
    'part-size': ['SIZE', 'bundle: the largest file it may become, "64M", "4G" (one byte less than 4 GiB, for FAT32)'],
    'passphrase-fd': ['N', "vendor: the passphrase of the publisher's keys, from file descriptor N"],
    'passphrase-file': ['FILE', 'the same from a file that is readable by you alone (chmod 600)'],
    'publisher-id': ['ID', 'vendor init: lower-case letters, digits and hyphens; it never changes'],
    'publisher-name': ['NAME', 'vendor init: as people know it'],
    keys: ['FOLDER', 'vendor init: the folder of a publisher that is there, with publisher.json'],
    app: ['ID', 'vendor init: the id of the app (the name of the folder)'],
    'valid-days': ['N', 'vendor sign: for how many days it is vouched for (730)'],
    'at-least': [
      'N',
      'vendor sign: no lower version than this, where the folder with the keys was put back from a copy',
    ],
    'root-too': ['', 'vendor rotate: also the key that has the last word; the old one signs the new one'],
    context: ['N', 'catalog models: tokens of one question and its answer (8192)'],
    users: ['N', 'catalog models: people at once (1)'],
    series: ['NAME', 'history: which one, "host/cpu"; as often as there are series'],
    since: ['TIME', 'history: "90m", "24h", "7d" ago, or 2026-11-20T08:00Z (24h before --until)'],
    until: ['TIME', 'history: the same (now); alerts: when it ends, "2h" from now or 2026-11-20T08:00Z'],
    format: ['csv|prometheus', 'history: a table, or the text format of Prometheus with times (csv)'],
    accept: ['', 'drift: the server under the stack is right as it is now'],
    all: ['', 'fleet: every saved appliance that may be set up'],
    canary: [
      'NAME',
      'fleet: who is done first, alone (else the first one); if it is not healthy, nobody else is\nbegun. Then a quarter of all at the same time, at most, and none after a bad verdict',
    ],
    window: [
      '22:00-05:00[/sat,sun]',
      'setup, rollback, fleet: services are interrupted only in this window (local time; the days are\nthose on which it begins); a fleet begins its rings in it',
    ],
    'even-if-busy': [
      '',
      'setup, rollback, fleet: interrupt a service even while requests are under way; without it\na run waits 5 minutes for a moment without any, then ends',
    ],
    soak: [
      'SECONDS',
      'plan, setup, rollback, fleet: how long a replacement must hold before the version before it\ngoes (60)',
    ],
    'stop-first': ['', 'plan, setup: stop a service before its successor starts, also where memory holds both'],
    certificate: ['FILE', 'certificate: in PEM, with those between it and its authority'],
    renew: ['', 'certificate: the one that the server made is made anew; what computers trust stays'],
    key: ['FILE', 'certificate: its private key in PEM, a file that only you can read'],
    changed: ['NAME', 'sign-ins: somebody has changed the password that the maker of this service publishes'],
    show: ['NAME', 'sign-ins: the password of this service, or the key of this app, on the standard output'],
    'publish-name': ['NAME', 'plan, setup: what the name server of the site calls the address of --publish'],
    'without-password': [
      '',
      'plan, setup: apps without accounts of their own are open to everyone who reaches --publish',
    ],
    publish: [
      'ADDRESS[:PORT]',
      'plan, setup: open the apps of the solution to everyone who reaches that address of the server\n(443); none: to nobody any more; without it: as it is now; rollback: agree that a version opens it again',
    ],
    'ignore-fit': [
      'SERVICE',
      'plan, setup: install it although the sum of its memory says no: a warning instead of that refusal,\nand of no other; again for the next one',
    ],
    'use-model': [
      '[SERVICE=]DEPLOYMENT',
      'plan, setup: the installed model that an app of the solution asks; again for the next one.\nWithout it: the one that it asks now, or the only one there is',
    ],
    'take-from': [
      'PUBLISHER',
      'plan, setup, rollback: by its id, whose deployments the publisher of the bundle or of the kept version may take\nover with their data, because the product has changed hands; again for the next one',
    ],
    set: [
      'SERVICE.NAME=VALUE',
      'plan, setup: a setting of a service; again for the next one. It stays until somebody says otherwise',
    ],
    unset: ['SERVICE.NAME', 'plan, setup: that setting is again as its entry has it'],
    record: [
      '',
      'plan, setup: a recorder on the server goes on measuring while no console watches (64 MiB at most);\nwithout it: one that is there stays as it is',
    ],
    'rotate-keys': [
      '',
      'plan, setup: new keys for the apps that ask a gateway; the old ones work until each app has its new one;\na new password of the way in, at once',
    ],
    'limit-mbit': ['N', 'setup, fleet: send at most N megabits a second to each appliance'],
    yes: ['', 'approve the plan (never a host key, nor what runs as root in words of the bundle)'],
    'allow-root': ['NAME', 'with --yes: approve one of these as well; the plan shows its words and its name'],
    'accept-licence': ['NAME', 'with --yes: accept these licence terms; the plan shows them and their name'],
    'allow-privilege': [
      'SERVICE/NAME',
      'setup: agree that this container gets this beyond its limits; the plan shows it and its name. Again for the next one',
    ],
    json: ['', 'the last line of standard output is one JSON result'],
    lang: ['en|zh-CN', 'language'],
    unit: ['', 'serve: only print the unit file, and how it is installed'],
    port: ['N', 'web, serve: this port of 127.0.0.1 instead of a free one'],
    import: ['FOLDER', 'web: where bundles are, or a bundle'],
    'no-open': ['', 'web: open no browser'],
    'metrics-token-file': [
      'FILE',
      'web, serve: give /metrics (Prometheus) to whoever shows the token in this file (32 characters or more,\nreadable by you alone) as a bearer token; without it there is no /metrics',
    ],
    help: ['', 'what there is; behind a command, what that one takes'],
    version: ['', 'which version this is'],
  },
  appliance:
    'APPLIANCE is ssh://user@host:port, a name saved with --save NAME,\nor local: this machine (on macOS and Windows only for detect, which reads a part there).',
  exitCodes: `Exit codes: 0 done and healthy; 1 a defect of rackside; 2 wrong usage; 3 cancelled; 4 plan not approved;
5 refused input; 6 a vendor's project cannot be used, 7 not the passphrase of its keys;
8 a channel for alerts did not take a message; 9 an image of a bundle is refused;
10-29 connection (12 host key unknown, 13 changed, 14 not the given one,
15 login refused, 20 no root, 24 host key revoked, 25 another machine, 26 questions to answer);
30-39 the server (32 no Docker, 35 nothing fits, 36 memory, 37 disk, 38 port taken,
39 something there is left as it is);
40-48 the bundle (46 made for the demo only, 47 no such version kept); 49 another publisher installed what would be replaced;
50-59 the run (52 another run, 53 disk full, 55 a step failed, 56 not ready,
58 the package manager is at work, 59 restart the server first); 98 the service is busy;
60-69 this console (67 window refused, 68 port busy, 69 no browser); 70 degraded, 71 down, 72 unknown,
73 no fresh data; 74 no desktop window; 75 no such demo appliance, 76 it cannot be started;
77-84 the vault (77 locked, 78 none yet, 80 wrong passphrase); 85 a name was not confirmed; 86 known hosts unusable;
87 SSH config unusable; 88 only watched, 89 no watch helper there;
90 the login is in use, 91 no key can be added there; 92-94 recordings;
95 this computer runs no Linux; 96 no such rollout, 97 a machine under two names, 99 who was to be first cannot be set up;
a fleet ends with the code of the first appliance that is not well, and with 0 only if all are healthy;
100 the doctor found an error, 101 a warning; 102 a host had to be typed; 103 too few inodes; 104 this console is at work there;
105 something that runs as root was not allowed, 106 licence terms were not accepted;
107 no hard link can be made there, 108 nobody agreed to what is opened; 109 a setting is not allowed;
110 nobody agreed to a privilege; 111 a job or a probe failed; 112 which model an app asks; 113 a certificate that cannot be used;
114-117 the publisher (114 unknown, 115 its key changed, 116 not the key given, 117 not trusted here);
118 the bundle is not trusted, 119 it has expired; 120 a file that is no bundle, 121 pieces of a bundle are missing or damaged,
122 a bundle that was not imported, 123 an artifact that cannot be fetched, 124 artifacts that a bundle would lack;
125 a version was taken back;
130 left at once by a second Ctrl-C.`,
  more: 'rackside COMMAND --help: what one of them does, and its options.',
}
