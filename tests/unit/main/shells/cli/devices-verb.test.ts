// `rackside probe --devices` against a console that is played: what it says in both languages, and how it ends.
import { describe, expect, it } from 'vitest'
import type { ConsoleClient } from '../../../../../main/core/link/console-client.ts'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import type { Invocation } from '../../../../../main/shells/cli/verb-arguments.ts'
import { runVerb } from '../../../../../main/shells/cli/verbs.ts'
import type { DeviceProof, DeviceProofEvent } from '../../../../../shared/domain/device-proof.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import type { Language } from '../../../../../shared/words/words.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import {
  provenOnDevices,
  provenOnProcessor,
  refutedOnProcessor,
  unprovenInside,
} from '../../../../support/device-proofs.ts'

const ward = { name: 'ward', address: { host: 'h', port: 22, user: 'ops' }, credentialId: 'key-1', demo: false }

async function play(
  proofs: readonly DeviceProof[],
  { language = 'en', breaks = false }: { language?: Language; breaks?: boolean } = {},
) {
  const [said, results]: [string[], unknown[]] = [[], []]
  async function* events(): AsyncGenerator<DeviceProofEvent> {
    for (const proof of proofs) {
      yield { event: 'begin', deployment: proof.deployment, model: proof.model }
      yield { event: 'writing', deployment: proof.deployment }
      yield { event: 'proof', proof }
    }
    if (!breaks) yield { event: 'end', proofs: [...proofs] }
  }
  const client = {
    product: { appliances: { list: async () => ok([ward]) }, setup: { proveDevices: async () => events() } },
  } as unknown as ConsoleClient
  const terminal = {
    ...{ say: (text: string) => void said.push(text), complain: (text: string) => void said.push(text) },
    ...{ tick: () => undefined, prompt: () => undefined, echo: () => undefined },
    ...{ leave: () => undefined, result: (value: unknown) => void results.push(value), confirm: async () => undefined },
  }
  const read = readCommandLine(['probe', 'ward', '--devices'])
  if (!read.ok) throw new Error(JSON.stringify(read.failure))
  const outcome = await runVerb(client, read.value as Invocation, terminal, wordsOf(language))
  return { outcome, said, results }
}

describe('rackside probe --devices', () => {
  it('says what was seen of each model, and gives all of it to programs', async () => {
    const { outcome, said, results } = await play([provenOnDevices, provenOnProcessor])
    expect(said).toEqual([
      'qwen3-32b: proven; it computes on its accelerators',
      '  8 of 8 Ascend 910B4 seen inside; 33 of 33 layers on accelerators; utilization rose from 0 to 87 %; 41.2 tokens/s (usual by a benchmark here: 19 to 76)',
      'clinic-model: proven; it runs on the processor, as planned',
      '  planned for the processor; 612 tokens/s, with nothing to compare it with',
    ])
    expect(outcome).toEqual(ok(0))
    expect(results).toEqual([{ devices: [provenOnDevices, provenOnProcessor] }])
  })

  it('ends as degraded where one took the processor, with what its engine wrote', async () => {
    const { outcome, said } = await play([provenOnDevices, refutedOnProcessor, unprovenInside])
    expect(outcome).toEqual(ok(70))
    const warning = 'warning: no usable GPU found, --gpu-layers option will be ignored'
    expect(said).toContain(`  Its engine found no accelerator that it can use: ${warning}`)
    // Said once, where it is the reason.
    expect(said).not.toContain(`  the engine wrote: ${warning}`)
    expect(said).toContain('  the engine wrote: load_tensors: offloaded 33/33 layers to GPU')
  })

  it('ends as unknown where one is not proven, and where no model runs there', async () => {
    expect((await play([provenOnDevices, unprovenInside])).outcome).toEqual(ok(72))
    const none = await play([])
    expect(none.outcome).toEqual(ok(72))
    expect(none.said).toEqual(['No model runs there.'])
  })

  it('says the same in Chinese', async () => {
    const { said } = await play([provenOnDevices, refutedOnProcessor], { language: 'zh-CN' })
    expect(said.slice(0, 3)).toEqual([
      'qwen3-32b：已证实；在其加速卡上计算',
      '  容器内可见 8 / 8 块 Ascend 910B4；33 / 33 层在加速卡上；利用率由 0% 升至 87%；41.2 tokens/s（按本机压测，通常为 19 至 76）',
      'baichuan-m2：与计划不符；计划使用加速卡，实际却在处理器上计算',
    ])
  })

  it('is cut short where its stream ends without a word', async () => {
    expect((await play([provenOnDevices], { breaks: true })).outcome).toMatchObject({ failure: { kind: 'cancelled' } })
  })
})
