// What the catalog of the lab's bundle with a model folder offers: the stand-in that reads it, the model in one form, and
// a solution of the two.
import type { ModelEntry } from '../../../shared/domain/entry/model-entry.ts'
import type { RuntimeEntry } from '../../../shared/domain/entry/runtime-entry.ts'
import type { SolutionEntry } from '../../../shared/domain/entry/solution-entry.ts'
import type { Entry } from '../../../shared/domain/entry.ts'

export const readerImageId = 'folder-reader-amd64'
export const folderWeightsId = 'rackside-folder-safetensors'

const about = (name: string, version: number) => ({
  version: String(version),
  title: { en: name, 'zh-CN': name },
  summary: { en: `${name}, for the lab.`, 'zh-CN': `${name}，供实验室使用。` },
  licence: { spdx: 'Apache-2.0' },
})

export function readerEntries(version: number): readonly Entry[] {
  const runtime: RuntimeEntry = {
    ...{ kind: 'runtime', id: 'folder-reader', ...about('Folder reader', version) },
    ...{ provides: ['openai-chat@1'], weightsFormats: ['safetensors'], splits: 'tensors', containerPort: 8000 },
    ...{
      volumes: [],
      readyPath: '/health',
      listsModels: true,
      metrics: { path: '/metrics', reader: 'vllm' },
      startTimeoutSeconds: 60,
    },
    healthCommand: ['/bin/busybox', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:8000/health'],
    variants: [
      {
        ...{ id: 'cpu-amd64', images: { amd64: { artifact: readerImageId } }, match: {}, contains: {} },
        arguments: ['{model.path}', '{model.name}', '{service.port}'],
        ...{ environment: {}, overheadBytes: 64 * 1024 ** 2, sharedMemoryBytes: 256 * 1024 ** 2 },
        ...{ knownIssues: [], evidence: 'lab' },
      },
    ],
  }
  const model: ModelEntry = {
    ...{ kind: 'model', id: 'rackside-folder', ...about('Rackside folder', version) },
    ...{ servedName: 'rackside-folder', can: ['chat'], canary: 'basic', contextTokens: 2048, parallel: 1 },
    variants: [
      {
        ...{ id: 'bf16', weights: folderWeightsId, format: 'safetensors', quantization: 'bf16', bytes: 80_000_000 },
        ...{ statedNeeds: [], serving: [], evidence: 'lab' },
      },
    ],
  }
  const solution: SolutionEntry = {
    ...{ kind: 'solution', id: 'folder-starter', ...about('Folder starter', version) },
    services: [{ role: 'model', name: 'folder-model', runtimes: [runtime.id], model: model.id, hostPort: 8460 }],
  }
  return [runtime, model, solution]
}
