// What leaves the hospital in a support bundle: no line of a log that may hold what somebody asked, no secret in any of the
// usual shapes, and other names in the place of real ones, the same for the same.
import { describe, expect, it } from 'vitest'
import { keptLogLines } from '../../../../shared/facts/support-log.ts'
import { supportRedaction } from '../../../../shared/facts/support-redaction.ts'

const kept = (...texts: string[]) => keptLogLines(texts.map((text) => ({ at: '', text })))

/** What engines print of a request, each with a patient in it. */
const withPatients = [
  `INFO 11-28 10:00:00 logger.py:39] Received request cmpl-1: prompt: 'Patient Wang, 62, chest pain', params: SamplingParams(n=1)`,
  `[2026-11-28 10:00:00] Receive: obj=GenerateReqInput(rid='1', text='Patient Wang', input_ids=None)`,
  `srv  update_slots: {"messages":[{"role":"user","content":"Patient Wang"}]}`,
  'ERROR: invalid request body: {"model":"x","input":"Patient Wang, chest pain"}',
  `DEBUG litellm: completion(model='x', messages=[{'role': 'user', 'content': 'Patient Wang'}])`,
  'slot print: generated text = "Patient Wang should rest"',
  '患者王某，62 岁，胸痛三天',
  'INFO: reranking query="Patient Wang" documents=["..."]',
]

describe('the log of an engine', () => {
  it.each(withPatients)('loses the line %s', (line) => {
    expect(kept(line)).toEqual({ lines: [], dropped: 1 })
  })

  it('loses what follows such a line, until the engine begins a line of its own', () => {
    const { lines, dropped } = kept(
      'INFO 11-28 10:00:00 api_server.py] Started server process',
      "INFO 11-28 10:00:01 logger.py] Received request 1: prompt: 'Summarise:",
      'Patient Wang, 62, chest pain for three days.',
      '  - allergic to penicillin',
      "', params: x",
      'INFO 11-28 10:00:02 metrics.py] Avg generation throughput: 41.2 tokens/s',
    )
    expect(lines).toEqual([
      'INFO 11-28 10:00:00 api_server.py] Started server process',
      'INFO 11-28 10:00:02 metrics.py] Avg generation throughput: 41.2 tokens/s',
    ])
    expect(dropped).toBe(4)
  })

  it('keeps what the engine says of itself, with its traces, and cuts what is long', () => {
    const own = [
      'main: server is listening on http://0.0.0.0:8000 - starting the main loop',
      'INFO:     127.0.0.1:53210 - "POST /v1/chat/completions HTTP/1.1" 200 OK',
      'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB',
      '  File "/app/vllm/worker.py", line 301, in load_model',
      'llama_model_loader: loaded meta data with 26 key-value pairs',
    ]
    expect(kept(...own)).toEqual({ lines: own, dropped: 0 })
    expect(kept('INFO: GET /search?q=Patient+Wang HTTP/1.1').lines).toEqual(['INFO: GET /search?(left out) HTTP/1.1'])
    expect(kept(`INFO ${'x'.repeat(900)}`).lines[0]).toHaveLength(506)
  })
})

const names = {
  appliances: ['ward-7', '内科'],
  hosts: ['10.20.30.40', 'gpu-ward', 'gpu-ward.hospital.cn'],
  users: ['ops', 'wang'],
}
const secrets = [
  'Authorization: Bearer canary-secret-1',
  'HF_TOKEN=canary-secret-1',
  'password=canary-secret-1',
  '{"api_key":"canary-secret-1"}',
  '--requirepass canary-secret-1',
  'postgres://app:canary-secret-1@db:5432/app',
  'redis://:canary-secret-1@127.0.0.1:6379',
  '-----BEGIN OPENSSH PRIVATE KEY-----\ncanary-secret-1\n-----END OPENSSH PRIVATE KEY-----',
]

describe('the text of a support bundle', () => {
  it.each(secrets)('has no secret of the shape %j, with names and without', (text) => {
    for (const keepsNames of [true, false]) {
      const made = supportRedaction(names, keepsNames)
      expect(made.text(text, 'words')).not.toContain('canary-secret-1')
      expect(JSON.stringify(made.value({ detail: text }))).not.toContain('canary-secret-1')
    }
  })

  it('names machines and people by others, the same for the same', () => {
    const made = supportRedaction(names, false)
    const text = 'ops@10.20.30.40 to ward-7 (gpu-ward.hospital.cn), by wang; 10.20.30.40 again; 内科 too'
    const shown = made.text(text, 'words')
    for (const name of [...names.appliances, ...names.hosts, ...names.users]) expect(shown).not.toContain(name)
    expect(shown.match(/192\.0\.2\.1\b/g)).toHaveLength(2)
    expect(shown).toContain(made.appliance('ward-7'))
    expect([made.appliance('ward-7'), made.appliance('内科')]).toEqual(['appliance-1', 'appliance-2'])
    expect(made.value({ at: { host: '10.20.30.40' }, 'ward-7': 1 })).toEqual({
      at: { host: '192.0.2.1' },
      'appliance-1': 1,
    })
  })

  it('keeps versions, and takes addresses that nobody named', () => {
    const made = supportRedaction(names, false)
    expect(made.value({ driverVersion: '24.1.0.3', detail: 'no route to 10.9.8.7' })).toEqual({
      driverVersion: '24.1.0.3',
      detail: expect.not.stringContaining('10.9.8.7'),
    })
  })

  it('has no serial numbers and no ids of hardware, unless names stay', () => {
    const text =
      'Serial Number : 1325521011234, GPU-5f3b1c2d-1111-2222-3333-444455556666\n<serial>1325521011234</serial>'
    const shown = supportRedaction(names, false).text(text, 'words')
    expect(shown).not.toMatch(/1325521011234|5f3b1c2d/)
    expect(supportRedaction(names, false).value({ serial: '132552', machineId: 'abc' })).toEqual({
      serial: '(redacted)',
      machineId: 'machine-1',
    })
    expect(supportRedaction(names, true).text(text, 'words')).toContain('GPU-5f3b1c2d')
  })

  it('takes names that nobody knew, where a field says that they are some', () => {
    const made = supportRedaction(names, false)
    expect(made.value({ who: 'zhang', address: { host: 'pacs-2', user: 'svc' }, at: 'zhang' })).toEqual({
      who: expect.stringMatching(/^user-\d+$/),
      address: { host: expect.stringMatching(/^host-\d+\.example$/), user: expect.stringMatching(/^user-\d+$/) },
      at: 'zhang',
    })
  })

  it('leaves the words of tools alone, whatever somebody is called', () => {
    const made = supportRedaction({ ...names, users: ['npu'] }, false)
    expect(made.text('| NPU     Name                  | Health |', 'tool')).toBe(
      '| NPU     Name                  | Health |',
    )
    expect(made.text('HF_TOKEN=canary-secret-1', 'tool')).not.toContain('canary-secret-1')
  })

  it('keeps what says nothing of anybody: root, localhost, vendors', () => {
    const text = 'root@localhost runs nvidia-smi from nvidia.com on 127.0.0.1'
    expect(supportRedaction({ ...names, users: ['root'] }, false).text(text, 'words')).toBe(text)
  })
})
