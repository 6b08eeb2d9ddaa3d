// The command line as a table: what is understood, and every way in which it is not, with its own problem.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import { failure } from '../../../../../shared/domain/failure.ts'

const words = (line: string) => line.split(' ').filter((word) => word !== '')
const ops = { host: '10.78.0.11', port: 22, user: 'ops' }
const address = (change: object = {}) => ({ target: { by: 'address', address: { ...ops, ...change } } })

const print = `SHA256:${'a'.repeat(43)}`

const understood: [line: string, read: object][] = [
  ['', { verb: 'help' }],
  ['--help', { verb: 'help' }],
  ['-h', { verb: 'help' }],
  ['setup --help', { verb: 'help', about: ['setup'] }],
  ['help setup', { verb: 'help', about: ['setup'] }],
  ['setup x --bogus --help', { verb: 'help', about: ['setup'] }],
  ['help', { verb: 'help', about: [] }],
  ['help vault', { verb: 'help', about: expect.arrayContaining(['vault', 'vault create']) }],
  ['web --port 3 --help', { verb: 'help', about: ['web'] }],
  ['--version', { verb: 'version' }],
  ['detect ward-1', { verb: 'detect', target: { by: 'name', name: 'ward-1' }, json: false, yes: false }],
  ['setup x --solution s --from /f --limit-mbit 200', { limitMbit: 200 }],
  ['detect 门诊一号', { target: { by: 'name', name: '门诊一号' } }],
  ['detect local', { verb: 'detect', target: { by: 'local' } }],
  ['status ssh://ops@10.78.0.11', { verb: 'status', ...address() }],
  ['status ssh://ops@10.78.0.11/', address()],
  ['probe ssh://ops@10.78.0.11:2222 --json', { verb: 'probe', json: true, ...address({ port: 2222 }) }],
  ['probe --json ssh://ops@10.78.0.11', { verb: 'probe', json: true }],
  ['detect ssh://ops@[fd00::11]:2222', address({ host: 'fd00::11', port: 2222 })],
  ['detect ssh://ops@ward-ai.hospital.cn', address({ host: 'ward-ai.hospital.cn' })],
  ['detect x --identity /k --save ward', { identity: '/k', save: 'ward', passwordDescriptor: undefined }],
  ['detect x --password-stdin', { passwordDescriptor: 0 }],
  ['detect x --password-fd 3', { passwordDescriptor: 3 }],
  ['detect x --identity /k --key-passphrase-fd 3', { identity: '/k', keyPassphraseDescriptor: 3 }],
  ['detect x --identity /k --sudo-password-fd 5', { identity: '/k', sudoPasswordDescriptor: 5 }],
  ['detect x --agent', { agent: { fingerprint: undefined } }],
  [`detect x --agent-key SHA256:${'a'.repeat(43)}`, { agent: { fingerprint: `SHA256:${'a'.repeat(43)}` } }],
  ['detect x --identity /k --answers-fd 4 --save ward', { identity: '/k', answersDescriptor: 4, save: 'ward' }],
  [
    'detect x --jump ssh://a@one --jump ssh://b@two:2222 --jump-identity /k',
    {
      jumps: [
        { address: { host: 'one', port: 22, user: 'a' }, identity: '/k' },
        { address: { host: 'two', port: 2222, user: 'b' }, identity: undefined },
      ],
    },
  ],
  [
    'plan x --solution ward --from /b --set notes.size=8 --set a.b.way=c=d --set notes.size=9 --set notes.free= --unset notes.way',
    {
      settings: [
        { service: 'a.b', name: 'way', value: 'c=d' },
        { service: 'notes', name: 'size', value: '9' },
        { service: 'notes', name: 'free', value: '' },
        { service: 'notes', name: 'way', value: null },
      ],
    },
  ],
  ['plan x --solution ward --from /b', { settings: undefined, allowPrivilege: [] }],
  [
    'plan x --solution s --from /f --use-model notes=ward-model --use-model chat',
    { uses: [{ service: 'notes', deployment: 'ward-model' }, { deployment: 'chat' }] },
  ],
  ['plan x --solution s --from /f', { uses: undefined, ports: undefined }],
  [
    'plan x --solution s --from /f --port notes=8431 --port chat=1024 --port notes=default',
    {
      ports: [
        { service: 'chat', port: 1024 },
        { service: 'notes', port: null },
      ],
    },
  ],
  ['setup x --solution s --from /f --port notes=65535', { ports: [{ service: 'notes', port: 65_535 }] }],
  ['plan x --solution s --from /f --ignore-fit a --ignore-fit b', { ignoreFit: ['a', 'b'] }],
  ['setup x --solution s --from /f --take-from acme --take-from beta', { takeFrom: ['acme', 'beta'] }],
  ['plan x --solution s --from /f', { takeFrom: [] }],
  ['setup x --solution s --from /f --allow-privilege a/privileged', { allowPrivilege: ['a/privileged'] }],
  ['plan x --solution ward --from /b', { verb: 'plan', solution: 'ward', from: '/b' }],
  ['setup x --solution=ward --from=/b --yes --lang zh-CN', { verb: 'setup', yes: true, solution: 'ward' }],
  [`detect x --fingerprint SHA256:${'a'.repeat(43)}`, { fingerprint: `SHA256:${'a'.repeat(43)}` }],
  ['detect x --watch-only', { verb: 'detect', watchOnly: true, helper: undefined }],
  ['watch-helper show --user ward-watch', { verb: 'watch-helper', helper: { act: 'show', user: 'ward-watch' } }],
  ['watch-helper install x --user w --identity /k', { identity: '/k', helper: { act: 'install', user: 'w' } }],
  ['watch-helper remove x --json', { target: { by: 'name', name: 'x' }, helper: { act: 'remove' } }],
  ['connect --test ward-1', { verb: 'connect', target: { by: 'name', name: 'ward-1' }, weakAlgorithms: false }],
  ['connect ssh://ops@10.78.0.11 --test --weak-algorithms', { verb: 'connect', weakAlgorithms: true, ...address() }],
  ['demo', { verb: 'demo', act: 'play', preset: 'ascend-8', keep: false, yes: false }],
  ['demo --preset nvidia-8 --keep --yes --json', { act: 'play', preset: 'nvidia-8', keep: true, yes: true }],
  ['demo --lang zh-CN', { act: 'play' }],
  ['demo list --json', { verb: 'demo', act: 'list' }],
  ['demo remove demo-ascend-8', { verb: 'demo', act: 'remove', name: 'demo-ascend-8' }],
  ['demo drill d pull-card', { verb: 'demo', act: 'drill', name: 'd', drill: 'pull-card', on: true }],
  ['demo drill d fill-disk on', { drill: 'fill-disk', on: true }],
  ['demo drill d cut-link off', { drill: 'cut-link', on: false }],
  ['demo --help', { verb: 'help' }],
  ['detect x --save ward --password-stdin', { save: 'ward', passwordDescriptor: 0, vaultPassphrase: undefined }],
  ['detect x --vault-passphrase-fd 4 --password-fd 3', { vaultPassphrase: { descriptor: 4 }, passwordDescriptor: 3 }],
  ['setup x --solution ward --from /b --vault-passphrase-file /p', { vaultPassphrase: { file: '/p' } }],
  ['vault', { verb: 'vault', act: 'status', passphrase: undefined }],
  ['vault create --vault-passphrase-fd 3 --json', { act: 'create', passphrase: { descriptor: 3 } }],
  ['vault unlock --vault-passphrase-file /p', { act: 'unlock', passphrase: { file: '/p' } }],
  ['vault lock --lang zh-CN', { act: 'lock' }],
  ['vault list', { act: 'list' }],
  ['vault remove password-1', { act: 'remove', credentialId: 'password-1' }],
  [
    'vault change-passphrase --vault-passphrase-fd 3 --new-passphrase-fd 4',
    { act: 'change-passphrase', passphrase: { descriptor: 3 }, newPassphrase: { descriptor: 4 } },
  ],
  ['trust ward', { verb: 'trust', act: 'look', where: { by: 'name', name: 'ward' } }],
  [`trust ward --fingerprint ${print}`, { act: 'trust', fingerprint: print }],
  [`trust ssh://ops@10.78.0.11 --fingerprint ${print} --replace`, { act: 'replace', fingerprint: print }],
  [`trust ward --fingerprint ${print} --replace --type-host ward`, { act: 'replace', typed: 'ward' }],
  ['trust forget ward --type-host ward --json', { act: 'forget', typed: 'ward' }],
  ['trust import known_hosts', { act: 'import', file: 'known_hosts' }],
  ['trust list', { verb: 'trust', act: 'list' }],
  ['trust export --json', { verb: 'trust', act: 'export' }],
  ['import-ssh-config --json', { verb: 'import-ssh-config' }],
]

const misunderstood: [line: string, problem: string, word: RegExp][] = [
  ['setup x --solution s --from /f --limit-mbit 0', 'limit-mbit', /^0$/],
  ['setup x --solution s --from /f --use-model notes=', 'not-a-used-model', /^notes=$/],
  ['setup x --solution s --from /f --use-model Notes=chat', 'not-a-used-model', /^Notes=chat$/],
  ['setup x --solution s --from /f --port notes=1023', 'not-a-service-port', /^notes=1023$/],
  ['setup x --solution s --from /f --port notes=65536', 'not-a-service-port', /^notes=65536$/],
  ['setup x --solution s --from /f --port 8431', 'not-a-service-port', /^8431$/],
  ['setup x --solution s --from /f --port notes=', 'not-a-service-port', /^notes=$/],
  ['setup x --solution s --from /f --port Notes=8431', 'not-a-service-port', /^Notes=8431$/],
  ['setup x --solution s --from /f --port notes=auto', 'not-a-service-port', /^notes=auto$/],
  ['fleet a --solution s --from /f --port notes=8431', 'option-elsewhere', /^--port$/],
  ['setup x --solution s --from /f --set size=3', 'not-a-setting', /^size=3$/],
  ['setup x --solution s --from /f --set notes.size', 'not-a-setting', /^notes\.size$/],
  ['setup x --solution s --from /f --set notes.Size=3', 'not-a-setting', /^notes\.Size=3$/],
  ['setup x --solution s --from /f --unset notes.size=3', 'not-a-setting', /^notes\.size=3$/],
  ['fleet a --solution s --from /f --set notes.size=3', 'option-elsewhere', /^--set$/],
  ['setup x --solution s --from /f --limit-mbit 1.5', 'limit-mbit', /^1\.5$/],
  ['destroy x', 'unknown-command', /^destroy$/],
  ['Detect x', 'unknown-command', /^Detect$/],
  ['detect x --bogus', 'unknown-option', /--bogus/],
  ['detect x --password hunter2', 'unknown-option', /--password/],
  ['detect x --identity', 'value-missing', /^--identity$/],
  ['detect x --save --json', 'value-missing', /^--save$/],
  ['detect x --lang de', 'unknown-language', /^de$/],
  ['--help --lang deutsch', 'unknown-language', /^deutsch$/],
  ['detect x --json=hunter2', 'value-too-many', /^--json$/],
  ['detect', 'no-appliance-named', /^detect$/],
  ['vault open', 'unknown-command', /^vault open$/],
  ['vault list x', 'one-word-too-many', /^x$/],
  ['vault remove', 'no-credential-named', /^vault remove$/],
  ['vault remove a b', 'one-word-too-many', /^b$/],
  ['vault lock --vault-passphrase-fd 3', 'option-elsewhere', /--vault-passphrase-fd/],
  ['vault create --vault-passphrase hunter2', 'unknown-option', /--vault-passphrase/],
  ['vault create --new-passphrase-fd 3', 'option-elsewhere', /--new-passphrase-fd/],
  ['vault create --vault-passphrase-fd x', 'not-a-descriptor', /^x$/],
  ['vault create --vault-passphrase-fd 3 --vault-passphrase-file /p', 'passphrase-source', /^$/],
  ['vault change-passphrase --vault-passphrase-fd 3 --new-passphrase-fd 3', 'passphrase-source', /^$/],
  ['detect x --password-stdin --vault-passphrase-fd 0', 'passphrase-source', /^$/],
  ['detect x --vault-passphrase-fd 3 --answers-fd 3', 'passphrase-source', /^$/],
  ['detect x --identity k --key-passphrase-fd 3 --answers-fd 03', 'passphrase-source', /^$/],
  ['detect x --password-stdin --password-fd 0', 'passphrase-source', /^$/],
  ['detect x --new-passphrase-fd 3', 'option-elsewhere', /--new-passphrase-fd/],
  ['detect local --vault-passphrase-file /p', 'not-for-this-machine', /^--vault-passphrase-file$/],
  ['status --json', 'no-appliance-named', /^status$/],
  ['connect x', 'test-needed', /^$/],
  ['connect --test', 'no-appliance-named', /^connect$/],
  ['detect x --test', 'option-elsewhere', /--test/],
  ['detect local --weak-algorithms', 'not-for-this-machine', /--weak-algorithms/],
  ['detect x y', 'one-word-too-many', /^y$/],
  ['import-ssh-config x', 'one-word-too-many', /^x$/],
  ['import-ssh-config --yes', 'option-elsewhere', /--yes/],
  ['detect http://ops@host', 'not-an-address', /^http:/],
  ['detect ssh://', 'not-an-address', /^ssh:/],
  ['detect ssh://host', 'not-an-address', /^ssh:\/\/host$/],
  ['detect ssh://ops@host:0', 'not-an-address', /:0$/],
  ['detect ssh://ops@host:99999', 'not-an-address', /99999/],
  ['detect ssh://ops@host/path', 'not-an-address', /path/],
  ['detect ssh://ops@host?x=1', 'not-an-address', /x=1/],
  ['detect ssh://ops@host#x', 'not-an-address', /#x/],
  ['detect ssh://-oProxyCommand=id@host', 'not-an-address', /ProxyCommand/],
  ['detect ssh://ops@-oProxyCommand=id', 'not-an-address', /ProxyCommand/],
  ['detect ssh://%zz@host', 'not-an-address', /%zz/],
  ['detect ssh://o%00ps@host', 'not-an-address', /%00/],
  ['detect ssh://ops:hunter2@host', 'password-in-address', /^$/],
  ['detect ssh://:hunter2@host', 'password-in-address', /^$/],
  ['detect x --identity /k --password-stdin', 'key-and-password', /^$/],
  ['detect x --password-fd 3 --sudo-password-fd 3', 'passphrase-source', /^$/],
  ['detect x --sudo-password-fd two', 'not-a-descriptor', /^two$/],
  ['vault list --sudo-password-fd 3', 'option-elsewhere', /sudo-password-fd/],
  ['detect x --identity /k --password-fd 3', 'key-and-password', /^$/],
  ['detect x --identity /k --agent', 'key-and-password', /^$/],
  ['detect x --agent --password-stdin', 'key-and-password', /^$/],
  ['detect x --agent-key work', 'not-a-fingerprint', /^work$/],
  ['detect x --key-passphrase-fd three', 'not-a-descriptor', /^three$/],
  ['detect x --answers-fd 1.5', 'not-a-descriptor', /^1.5$/],
  ['detect x --jump two', 'not-an-address', /^two$/],
  ['detect x --jump ssh://a:hunter2@one', 'password-in-address', /^$/],
  ['detect x --jump-identity /k', 'option-alone', /^--jump-identity$/],
  [`detect x${' --jump ssh://a@one'.repeat(5)}`, 'one-word-too-many', /--jump/],
  ['detect local --jump ssh://a@one', 'not-for-this-machine', /^--jump$/],
  ['detect local --agent', 'not-for-this-machine', /^--agent$/],
  ['detect x --save ward --answers-fd 4', 'answers-not-saved', /^$/],
  ['detect x --password-fd three', 'not-a-descriptor', /^three$/],
  ['detect x --password-fd=-1', 'not-a-descriptor', /^-1$/],
  ['detect x --password-fd 3.5', 'not-a-descriptor', /^3.5$/],
  ['detect x --fingerprint MD5:00', 'not-a-fingerprint', /^MD5/],
  [`detect x --fingerprint SHA256:${'a'.repeat(42)}`, 'not-a-fingerprint', /^SHA256/],
  ['detect local --identity /k', 'not-for-this-machine', /^--identity$/],
  ['detect local --password-stdin', 'not-for-this-machine', /^--password-stdin$/],
  ['detect local --password-fd 3', 'not-for-this-machine', /^--password-fd$/],
  ['detect local --save ward', 'not-for-this-machine', /^--save$/],
  [`detect local --fingerprint SHA256:${'a'.repeat(43)}`, 'not-for-this-machine', /^--fingerprint$/],
  [`detect ssh://${'x'.repeat(3000)}`, 'not-an-address', /^ssh:.{195,210}\[cut\]$/],
  [`${'x'.repeat(3000)} x`, 'unknown-command', /\[cut\]$/],
  ['plan x', 'solution-and-folder-needed', /^plan$/],
  ['setup x --solution ward', 'solution-and-folder-needed', /^setup$/],
  ['setup x --from /b', 'solution-and-folder-needed', /^setup$/],
  ['watch-helper', 'unknown-command', /^watch-helper$/],
  ['watch-helper put x', 'unknown-command', /^watch-helper put$/],
  ['watch-helper install x', 'user-needed', /^install$/],
  ['watch-helper install --user w', 'no-appliance-named', /^watch-helper$/],
  ['watch-helper remove x --yes', 'option-elsewhere', /^--yes$/],
  ['detect x --user w', 'option-elsewhere', /^--user$/],
  ['detect local --watch-only', 'not-for-this-machine', /^--watch-only$/],
  ['demo destroy', 'unknown-command', /^demo destroy$/],
  ['demo play', 'unknown-command', /^demo play$/],
  ['demo --preset cray', 'unknown-preset', /^cray$/],
  ['demo --preset', 'value-missing', /^--preset$/],
  ['demo --from /b', 'option-elsewhere', /^--from$/],
  ['demo --identity /k', 'option-elsewhere', /^--identity$/],
  ['demo list --keep', 'option-elsewhere', /^--keep$/],
  ['demo list x', 'one-word-too-many', /^x$/],
  ['trust', 'no-appliance-named', /^trust$/],
  ['trust forget', 'no-appliance-named', /^trust forget$/],
  ['trust import', 'no-file-named', /^trust import$/],
  ['trust list x', 'one-word-too-many', /^x$/],
  ['trust local', 'not-for-this-machine', /^trust$/],
  ['trust ward --replace', 'not-a-fingerprint', /^$/],
  ['trust ward --fingerprint SHA256:x', 'not-a-fingerprint', /^SHA256:x$/],
  [`trust ward --fingerprint ${print} --replace --yes`, 'option-elsewhere', /--yes/],
  [`trust ward --fingerprint ${print} --type-host ward`, 'option-alone', /^--type-host$/],
  ['detect ward --replace', 'option-elsewhere', /--replace/],
  ['demo remove', 'no-demo-named', /^demo remove$/],
  ['demo remove a b', 'one-word-too-many', /^b$/],
  ['demo drill', 'no-demo-named', /^demo drill$/],
  ['demo drill a', 'unknown-drill', /^$/],
  ['demo drill a earthquake', 'unknown-drill', /^earthquake$/],
  ['demo drill a pull-card maybe', 'not-on-or-off', /^maybe$/],
  ['demo drill a pull-card on off', 'one-word-too-many', /^off$/],
  ['detect x --keep', 'option-elsewhere', /^--keep$/],
  ['setup x --preset ascend-8', 'option-elsewhere', /^--preset$/],
]

/** What is said about it: the command, and what was perhaps meant. */
const nearly: [line: string, command: string | undefined, other: string | undefined][] = [
  ['setpu x', undefined, 'setup'],
  ['dedect x', undefined, 'detect'],
  ['roll ward', undefined, 'rollback'],
  ['destroy x', undefined, undefined],
  ['help staus', undefined, 'status'],
  ['staus --help', undefined, 'status'],
  ['vault opne', undefined, undefined],
  ['vault lst', undefined, 'vault list'],
  ['watch-helper', undefined, 'watch-helper show'],
  ['setup x --sulution s', 'setup', '--solution'],
  ['detect x --password hunter2', 'detect', '--password-fd'],
  ['detect x --bogus', 'detect', undefined],
  ['demo list --prest x', 'demo list', undefined],
  ['--jsno', undefined, undefined],
  ['detect x --to 1', 'detect', undefined],
  ['detect x --jump-identity /k', 'detect', '--jump'],
  ['status ward --use-once --keep-for-sudo --identity /k --lang en --fingerprint x', 'status', undefined],
  ['detect ssh://ops@h --use-once', 'detect', '--save'],
  ['detect x --save', 'detect', undefined],
]

describe('a command line', () => {
  it.each(understood)('"%s" is understood', (line, read) => {
    expect(readCommandLine(words(line))).toMatchObject({ ok: true, value: read })
  })

  it.each(misunderstood)('"%s" has the problem %s', (line, problem, word) => {
    expect(readCommandLine(words(line))).toMatchObject({
      ok: false,
      failure: { kind: 'usage', problem, word: expect.stringMatching(word) },
    })
  })

  it.each(nearly)('"%s" is about %s, and perhaps meant %s', (line, command, other) => {
    const read = readCommandLine(words(line))
    if (read.ok || read.failure.kind !== 'usage') throw new Error('it was understood')
    expect([read.failure.command, read.failure.other]).toEqual([command, other])
  })

  it('never shows a password that somebody put into it', () => {
    for (const line of [
      'detect ssh://ops:hunter2@host',
      'detect ssh://:hunter2@host',
      'detect ssh://ops:hunter2@host x',
    ]) {
      expect(JSON.stringify(readCommandLine(words(line)))).not.toContain('hunter2')
    }
  })

  it('whatever it is, is understood or has a problem that can be worded', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        'detect',
        'setup',
        'demo',
        'drill',
        '--json',
        '--identity',
        '--password-fd',
        '--',
        '-h',
        '-',
        'ssh://',
        'x',
        '=',
      ),
      fc.webUrl({ validSchemes: ['ssh'], withQueryParameters: true, withFragments: true }),
      fc.string({ unit: 'binary', maxLength: 12 }).map((text) => `ssh://${text}@host`),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (line) => {
        const read = readCommandLine(line)
        if (!read.ok) expect(failure.parse(read.failure)).toMatchObject({ kind: 'usage' })
      }),
      { numRuns: 150 },
    )
  })
})
