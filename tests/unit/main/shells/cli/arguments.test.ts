// The command line as a table: what is understood, and every way in which it is not, with its own problem.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import { failure } from '../../../../../shared/domain/failure.ts'

const words = (line: string) => line.split(' ').filter((word) => word !== '')
const ops = { host: '10.78.0.11', port: 22, user: 'ops' }
const address = (change: object = {}) => ({ target: { by: 'address', address: { ...ops, ...change } } })

const understood: [line: string, read: object][] = [
  ['', { verb: 'help' }],
  ['--help', { verb: 'help' }],
  ['-h', { verb: 'help' }],
  ['setup --help', { verb: 'help' }],
  ['--version', { verb: 'version' }],
  ['detect ward-1', { verb: 'detect', target: { by: 'name', name: 'ward-1' }, json: false, yes: false }],
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
  ['plan x --solution ward --from /b', { verb: 'plan', solution: 'ward', from: '/b' }],
  ['setup x --solution=ward --from=/b --yes --lang zh-CN', { verb: 'setup', yes: true, language: 'zh-CN' }],
  [`detect x --fingerprint SHA256:${'a'.repeat(43)}`, { fingerprint: `SHA256:${'a'.repeat(43)}` }],
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
]

const misunderstood: [line: string, problem: string, word: RegExp][] = [
  ['destroy x', 'unknown-command', /^destroy$/],
  ['Detect x', 'unknown-command', /^Detect$/],
  ['detect x --bogus', 'unknown-option', /--bogus/],
  ['detect x --password hunter2', 'unknown-option', /--password/],
  ['detect x --identity', 'unknown-option', /--identity/],
  ['detect x --json=yes', 'unknown-option', /--json/],
  ['detect', 'no-appliance-named', /^detect$/],
  ['status --json', 'no-appliance-named', /^status$/],
  ['connect x', 'unknown-command', /^connect without --test$/],
  ['connect --test', 'no-appliance-named', /^connect$/],
  ['detect x --test', 'unknown-option', /--test/],
  ['detect local --weak-algorithms', 'not-for-this-machine', /--weak-algorithms/],
  ['detect x y', 'one-word-too-many', /^y$/],
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
  ['detect x --identity /k --password-fd 3', 'key-and-password', /^$/],
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
  ['detect x --save ward --password-stdin', 'password-not-saved', /^$/],
  ['detect ssh://ops@host --save ward --password-fd 3', 'password-not-saved', /^$/],
  [`detect ssh://${'x'.repeat(3000)}`, 'not-an-address', /^ssh:.{195,210}\[cut\]$/],
  [`${'x'.repeat(3000)} x`, 'unknown-command', /\[cut\]$/],
  ['plan x', 'solution-and-folder-needed', /^plan$/],
  ['setup x --solution ward', 'solution-and-folder-needed', /^setup$/],
  ['setup x --from /b', 'solution-and-folder-needed', /^setup$/],
  ['demo destroy', 'unknown-command', /^demo destroy$/],
  ['demo play', 'unknown-command', /^demo play$/],
  ['demo --preset cray', 'unknown-preset', /^cray$/],
  ['demo --preset', 'unknown-option', /--preset/],
  ['demo --from /b', 'unknown-option', /--from.*'demo'/],
  ['demo --identity /k', 'unknown-option', /--identity.*'demo'/],
  ['demo list --keep', 'unknown-option', /--keep.*'demo list'/],
  ['demo list x', 'one-word-too-many', /^x$/],
  ['demo remove', 'no-demo-named', /^demo remove$/],
  ['demo remove a b', 'one-word-too-many', /^b$/],
  ['demo drill', 'no-demo-named', /^demo drill$/],
  ['demo drill a', 'unknown-drill', /^$/],
  ['demo drill a earthquake', 'unknown-drill', /^earthquake$/],
  ['demo drill a pull-card maybe', 'not-on-or-off', /^maybe$/],
  ['demo drill a pull-card on off', 'one-word-too-many', /^off$/],
  ['detect x --keep', 'unknown-option', /--keep.*'detect'/],
  ['setup x --preset ascend-8', 'unknown-option', /--preset.*'setup'/],
]

describe('a command line', () => {
  it.each(understood)('"%s" is understood', (line, read) => {
    expect(readCommandLine(words(line))).toMatchObject({ ok: true, value: read })
  })

  it.each(misunderstood)('"%s" has the problem %s', (line, problem, word) => {
    expect(readCommandLine(words(line))).toEqual({
      ok: false,
      failure: { kind: 'usage', problem, word: expect.stringMatching(word) },
    })
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
